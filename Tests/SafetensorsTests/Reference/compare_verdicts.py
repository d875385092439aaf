#!/usr/bin/env python3
"""Compares our reader's verdicts on files with those of the reference implementation of safetensors.

    python3 Tests/SafetensorsTests/Reference/compare_verdicts.py FOLDER

FOLDER has the files in `cases`, our verdicts on them in `verdicts`, and of those that we accept what we write for the
same contents in `rewritten`. Ours may refuse what the reference accepts, for the reasons listed below and where they are
found in the file; never the other way round. Of what both accept, the reference must find in our bytes the tensors
and texts that it finds in the original. Exits with 1 if anything is otherwise. Needs NumPy and safetensors.
"""

import collections
import json
import pathlib
import re
import sys
import unicodedata

import safetensors


class Members(list):
    """The members of an object in their order, with those that stand twice."""


def members(header: bytes) -> Members:
    # As the reference, Python takes white space around the object, but no other bytes.
    return json.loads(header.decode(), object_pairs_hook=Members)


def entries(header: bytes) -> list:
    return [value for name, value in members(header) if name != "__metadata__"]


def metadata(header: bytes) -> list:
    return [value for name, value in members(header) if name == "__metadata__"]


def has_duplicates(names: list) -> bool:
    return len(set(names)) < len(names)


def normal(names: list) -> list:
    return [unicodedata.normalize("NFC", name) for name in names]


def names(header: bytes) -> list:
    return [name for name, _ in members(header)]


def keys(header: bytes) -> list:
    return [key for texts in metadata(header) if texts is not None for key, _ in texts]


def has_unknown_key(header: bytes) -> bool:
    known = {"dtype", "shape", "data_offsets"}
    return any(key not in known for entry in entries(header) if isinstance(entry, Members) for key, _ in entry)


def has_large_dimension(header: bytes) -> bool:
    shapes = [dict(entry)["shape"] for entry in entries(header) if isinstance(entry, Members)]
    return any(dimension > 2**63 - 1 for shape in shapes for dimension in shape)


# Where ours is stricter: what is in the file, how one sees it in the header, and our message.
STRICTER = [
    ("white space before the header's {", lambda h: h[:1] in b" \t\r\n", r"the header begins with the byte"),
    ("white space other than spaces behind the header's }", lambda h: h.rstrip(b" ")[-1:] in b"\t\r\n",
     r"something other than spaces follows"),
    ("null in place of metadata", lambda h: None in metadata(h), r"something else in place of \{"),
    ("a tensor's name twice", lambda h: has_duplicates(names(h)), r"the name .* stands twice"),
    ("two tensors' names that Unicode holds to be one", lambda h: has_duplicates(normal(names(h))) and
     not has_duplicates(names(h)), r"the name .* stands twice"),
    ("a metadata key twice", lambda h: has_duplicates(keys(h)), r"the key .* stands twice in the metadata"),
    ("two metadata keys that Unicode holds to be one", lambda h: has_duplicates(normal(keys(h))) and
     not has_duplicates(keys(h)), r"the key .* stands twice in the metadata"),
    ("an empty name of a tensor", lambda h: "" in names(h), r"a tensor's name is empty"),
    ("an unknown key of a tensor", has_unknown_key, r"which the format has not"),
    ("a list in place of a tensor's object", lambda h: any(not isinstance(e, Members) for e in entries(h)),
     r"something else in place of \{"),
    ("an object in place of a tensor's type", lambda h: any(isinstance(dict(e).get("dtype"), Members)
     for e in entries(h) if isinstance(e, Members)), r'something else in place of "'),
    ("a dimension above 2⁶³ − 1 of a tensor without elements", has_large_dimension, r"a number beyond all sizes"),
]  # fmt: skip


def read(path: pathlib.Path) -> tuple:
    """Whether the reference accepts a file, and what is in it."""
    data = path.read_bytes()
    try:
        tensors = safetensors.deserialize(data)
    except safetensors.SafetensorError as error:
        return False, str(error)
    contents = {name: (tensor["dtype"], tensor["shape"], bytes(tensor["data"])) for name, tensor in tensors}
    with safetensors.safe_open(path, framework="numpy") as file:
        return True, (contents, file.metadata() or {})


def is_accepted_when_opened(path: pathlib.Path) -> bool:
    try:
        with safetensors.safe_open(path, framework="numpy"):
            return True
    except safetensors.SafetensorError:
        return False


def reason(path: pathlib.Path, verdict: str) -> str | None:
    """Why ours may refuse what the reference accepts; `None` if there is no reason."""
    data = path.read_bytes()
    header = data[8 : 8 + int.from_bytes(data[:8], "little")]
    return next((name for name, found, message in STRICTER if re.search(message, verdict) and found(header)), None)


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    counts: collections.Counter[str] = collections.Counter()
    stricter: collections.Counter[str] = collections.Counter()
    faults: collections.Counter[str] = collections.Counter()
    disagreements = collections.defaultdict(list)
    verdicts = dict(line.split("\t", 1) for line in (folder / "verdicts").read_text().split("\n") if line)
    for path in sorted((folder / "cases").iterdir()):
        ours = verdicts.pop(path.name)
        accepts, contents = read(path)
        if accepts != is_accepted_when_opened(path):
            disagreements["the reference disagrees with itself"].append(path.name)
        if accepts and ours == "accepted":
            counts["both accept"] += 1
            rewritten = read(folder / "rewritten" / path.name)
            if rewritten != (True, contents):
                disagreements["our bytes are other contents"].append(path.name)
        elif ours == "accepted":
            disagreements[f"ours is laxer: {contents}"].append(path.name)
        elif not accepts:
            counts["both refuse"] += 1
            faults[re.sub(r"“[^”]*”|(?<=the byte )\w+|(?<=control character )\w+|\d+( × \d+)*", "…", ours)] += 1
        elif found := reason(path, ours):
            stricter[found] += 1
        else:
            disagreements[f"ours is stricter: {ours}"].append(path.name)
    if verdicts:
        disagreements["verdicts on nothing"] += verdicts
    print(f"safetensors {safetensors.__version__}")
    for name, count in sorted(counts.items()):
        print(f"{count:6}  {name}")
    print(f"{stricter.total():6}  ours is stricter, as it is to be:")
    for name, _, _ in STRICTER:
        print(f"{stricter[name]:14}  {name}")
    print(f"\nfaults of ours in what both refuse, {len(faults)} kinds:")
    for fault, count in faults.most_common():
        print(f"{count:14}  {fault}")
    print(f"\n{sum(map(len, disagreements.values())):6}  disagreements")
    for name, paths in sorted(disagreements.items()):
        print(f"{len(paths):14}  {name}: {' '.join(paths[:5])}")
    return 1 if disagreements or not counts["both accept"] else 0


if __name__ == "__main__":
    sys.exit(main())
