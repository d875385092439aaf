"""Gives mutants of good files to our readers and to others, and compares what they say.

    compare_readers.py FUZZER CORPUS COUNT SEED [FORMAT...]

FUZZER is the program of this folder, CORPUS the folder of inputs that mutants are made of. Both readers must refuse a
mutant, or read the same in it. Where ours alone refuses, the reasons are counted; anything else is an error.
"""

import collections
import gzip
import hashlib
import io
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import threading
import warnings
import zlib

import numpy
import PIL.Image
import safetensors

NUMBERS = [b"0", b"1", b"-1", b"256", b"65536", b"2147483648", b"9007199254740993", b"9223372036854775807",
           b"18446744073709551615", b"18446744073709551616", b"0.5", b"1e308", b"1e400", b"01", b"1.", b"null", b'"9"']


def mutant(random, seeds):
    """A seed after one to four changes."""
    data = bytearray(random.choice(seeds))
    for _ in range(random.choice((1, 1, 2, 4))):
        place, kind = random.randrange(len(data) + 1), random.randrange(8)
        if kind == 0 and place < len(data):
            data[place] ^= 1 << random.randrange(8)
        elif kind == 1 and place < len(data):
            data[place] = random.choice((0, 1, 8, 0x1F, 0x20, 0x22, 0x7F, 0x80, 0xFF, random.randrange(256)))
        elif kind == 2:
            data[place:place] = random.randbytes(random.choice((1, 2, 8)))
        elif kind == 3:
            del data[place : place + random.choice((1, 1, 2, 4, 8))]
        elif kind == 4 and random.random() < 0.5:
            del data[place:]
        elif kind == 5:
            part = data[place : place + random.randrange(1, 40)]
            other = random.randrange(len(data) + 1)
            data[other:other] = part
        elif kind == 6:
            other = random.choice(seeds)
            begin = random.randrange(len(other) + 1)
            data[place : place + 8] = other[begin : begin + 8]
        elif kind == 7:
            found = list(re.finditer(rb"\d+", data))
            if found:
                match = random.choice(found)
                data[match.start() : match.end()] = random.choice(NUMBERS)
    return bytes(data)


def repaired_gzip(data):
    """The sum and the length that the contents have."""
    if len(data) < 18 or data[:4] != b"\x1f\x8b\x08\0":
        return data
    inflater = zlib.decompressobj(-15)
    try:
        contents = inflater.decompress(data[10:], 1 << 22)
    except zlib.error:
        return data
    if not inflater.eof:
        return data
    end = len(data) - len(inflater.unused_data)
    return data[:end] + struct.pack("<II", zlib.crc32(contents), len(contents))


def repaired_png(data):
    """The sums of all chunks."""
    data, place = bytearray(data), 8
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4])
        if end + 4 > len(data):
            break
        data[end : end + 4] = zlib.crc32(data[place + 4 : end]).to_bytes(4)
        place = end + 4
    return bytes(data)


def repaired_length(data):
    """The length of the header, up to the last brace and the spaces behind it."""
    brace = data.rfind(b"}", 8)
    if brace < 0:
        return data
    rest = data[brace + 1 :]
    return struct.pack("<Q", brace - 7 + len(rest) - len(rest.lstrip(b" "))) + data[8:]


def digest(data):
    return hashlib.sha256(data).hexdigest()


def gzip_contents(data):
    if data[:2] != b"\x1f\x8b":
        return data
    return gzip.decompress(data)


def read_gzip(data):
    contents = gzip_contents(data)
    return f"{len(contents)} {digest(contents)}"


def read_idx(data):
    data = gzip_contents(data)
    zeros, code, rank = struct.unpack_from(">HBB", data)
    dtype = {8: ">u1", 9: ">i1", 0xB: ">i2", 0xC: ">i4", 0xD: ">f4", 0xE: ">f8"}[code]
    if zeros != 0:
        raise ValueError("no IDX file")
    shape = struct.unpack_from(f">{rank}I", data, 4)
    array = numpy.frombuffer(data, dtype, offset=4 + 4 * rank).reshape(shape)
    if rank == 3 and code == 8:
        return f"images {list(shape)} {digest(array.tobytes())}"
    labels = array[:, 0] if rank == 2 and code == 0xC else array
    if labels.ndim != 1 or numpy.any((labels < 0) | (labels > 255)):
        return "other data"
    return f"labels {list(labels.shape)} {digest(labels.astype('u1').tobytes())}"


def read_safetensors(data):
    tensors = sorted(safetensors.deserialize(data), key=lambda entry: entry[0].encode())
    header = json.loads(data[8 : 8 + struct.unpack("<Q", data[:8])[0]])
    metadata = header.get("__metadata__") or {}
    parts = [f"{name} {entry['dtype']} {entry['shape']}".encode() + bytes(entry["data"]) for name, entry in tensors]
    parts += [f"{key}\n{text}\n".encode() for key, text in sorted(metadata.items(), key=lambda pair: pair[0].encode())]
    return f"{len(tensors)} {len(metadata)} {digest(b''.join(parts))}"


def read_png(data):
    image = PIL.Image.open(io.BytesIO(data), formats=["PNG"])
    image.load()
    return f"{image.width} {image.height}"


def read_all(read, inputs):
    """The verdict of a reader on each input: what it reads, or None."""
    verdicts = []
    for data in inputs:
        try:
            verdicts.append(read(data))
        except Exception:  # Readers refuse by errors of many kinds.
            verdicts.append(None)
    return verdicts


def read_logs(inputs):
    """The epochs and the final accuracy of each log, by jq: one process reads all lines."""
    program = r'''try (fromjson | if type != "object" then "other"
        else [.event, (.epoch // 0), .test_accuracy, .status] | tojson end) catch "no JSON"'''
    text = b"".join(data + b"\n\x01\n" for data in inputs)
    result = subprocess.run(["jq", "-R", "-r", program], input=text, stdout=subprocess.PIPE, check=True)
    lines, verdicts = iter(result.stdout.decode().split("\n")), []
    for data in inputs:
        found = [next(lines) for _ in range(data.count(b"\n") + 2)][:-1]
        verdicts.append(log_verdict(found))
    return verdicts


def log_verdict(lines):
    if lines[-1] != "no JSON" or any(line in ("no JSON", "other") for line in lines[:-1]) or len(lines) < 3:
        return None
    records = [json.loads(line) for line in lines[:-1]]
    events = [record[0] for record in records]
    if events[0] != "start" or events[-1] != "end" or any(event != "epoch" for event in events[1:-1]):
        return None
    epochs = [record for record in records[1:-1] if record[1] != 0]
    if [epoch[1] for epoch in epochs] != list(range(1, len(epochs) + 1)) or records[-1][3] in ("interrupted", None):
        return None
    if records[-1][3] == "diverged" and epochs and epochs[-1][2] is None:
        epochs.pop()
    return f"1 {len(epochs)}"


def our_verdicts(fuzzer, target, inputs):
    """The verdict of our reader on each input, and its words."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        environment = os.environ | {"FUZZ_TARGET": target, "TMPDIR": folder, "ASAN_OPTIONS": "detect_leaks=0"}
        process = subprocess.Popen([fuzzer, "--verdicts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

        def write():
            with process.stdin:
                for data in inputs:
                    process.stdin.write(struct.pack("<I", len(data)) + data)

        writer = threading.Thread(target=write)
        writer.start()
        lines = [line.decode().rstrip("\n") for line in process.stdout]
        writer.join()
    if process.wait() != 0 or len(lines) != len(inputs):
        sys.exit(f"{target}: input {len(lines)} of {len(inputs)} ended the reader with status {process.returncode}")
    return lines


def kind(line):
    """The reason in one of our messages, without names and numbers."""
    line = re.sub(r"^refused (/\S*: |/\S*input: )?", "", line)
    line = re.sub(r"“[^”]*”", "…", line.split(";")[0])
    line = re.sub(r"\(.*\)|\[.*\]", "…", line)
    return re.sub(r"(0x)?\b([0-9]+|[0-9a-f]{2})\b", "N", line)[:100]


def agrees(target, ours, theirs):
    if target == "png":
        return ours.split()[:2] == theirs.split()[:2]
    if target == "log":
        return ours.split()[:2] == theirs.split()[:2]
    return ours == theirs


def compare(fuzzer, target, seeds, repair, read, count, seed):
    """Compares the readers of a format; returns the number of errors."""
    random_numbers = random.Random(f"{target} {seed}")
    both = refused = errors = 0
    reasons = collections.Counter()
    for first in range(0, count, 10_000):
        inputs = []
        while len(inputs) < min(10_000, count - first):
            data = mutant(random_numbers, seeds)
            if repair and random_numbers.random() < 0.7:
                data = repair(data)
            if target == "log":
                data = data.replace(b"\0", b"").replace(b"\x01", b"")
            inputs.append(data)
        theirs = read(inputs)
        for data, line, their in zip(inputs, our_verdicts(fuzzer, target, inputs), theirs):
            is_read, _, ours = line.partition(" ")
            if is_read == "refused":
                if their is None:
                    refused += 1
                else:
                    reasons[kind(line)] += 1
            elif their is not None and agrees(target, ours, their):
                both += 1
            else:
                errors += 1
                if errors <= 10:
                    print(f"  error: ours reads {ours!r}, the other {their!r}: {data.hex()[:1500]}")
    print(f"{target}: {count} mutants: {both} read alike, {refused} refused by both, "
          f"{sum(reasons.values())} refused by ours alone, {errors} errors")
    for reason, times in reasons.most_common():
        print(f"  {times:7} {reason}")
    return errors


def main():
    fuzzer, corpus, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    warnings.simplefilter("ignore")
    readers = {
        "gzip": (repaired_gzip, lambda inputs: read_all(read_gzip, inputs)),
        "idx": (repaired_gzip, lambda inputs: read_all(read_idx, inputs)),
        "safetensors": (repaired_length, lambda inputs: read_all(read_safetensors, inputs)),
        "png": (repaired_png, lambda inputs: read_all(read_png, inputs)),
        "log": (None, read_logs),
    }
    errors = 0
    for target in sys.argv[5:] or readers:
        repair, read = readers[target]
        seeds = []
        for entry in sorted(os.scandir(f"{corpus}/{target}"), key=lambda entry: entry.name):
            with open(entry, "rb") as file:
                seeds.append(file.read())
        seeds = [data for data in seeds if 0 < len(data) < 8192 and not (target == "log" and b"\0" in data)]
        errors += compare(fuzzer, target, seeds, repair, read, count, seed)
        sys.stdout.flush()
    sys.exit(1 if errors else 0)


main()
