"""Runs all checks. scripts/check-models runs it with the folder of the package."""

import pathlib
import sys
import tempfile

import numpy as np
import safetensors

import epoch
import files
import outputs
import reading
from digits import Digits
from findings import Findings
from models import NotAModel
from program import Program, ProgramFailed


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    digits = Digits(root / "data")
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="nettrain-check-models-") as folder:
        program = Program(root / ".build/release/nettrain", root / "data", pathlib.Path(folder))
        version = ".".join(str(part) for part in sys.version_info[:3])
        print(f"nettrain {program.version()} against Python {version}, NumPy {np.__version__}, ", end="")
        print(f"safetensors {safetensors.__version__}")
        try:
            for subject in (reading, outputs, epoch, files):
                subject.check(program, digits, findings)
        except (ProgramFailed, NotAModel, safetensors.SafetensorError) as failure:
            print(f"check-models: {failure}", file=sys.stderr)
            return 1
    return findings.conclude()


if __name__ == "__main__":
    sys.exit(main())
