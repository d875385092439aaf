#!/usr/bin/env python3
"""Writes damaged and unusual safetensors files: the samples of this folder, with one to three changes each.

    python3 Tests/SafetensorsTests/Reference/make_cases.py FOLDER COUNT SEED

One half of the changes are to the bytes, the other to the header's members, after which its length is right again.
"""

import pathlib
import random
import re
import struct
import sys

SAMPLES = pathlib.Path(__file__).parent

ENTRY = b'{"dtype":"U8","shape":[0],"data_offsets":[0,0]}'

# Members to be put in somewhere, some of them harmless.
MEMBERS = [
    b'"":' + ENTRY, b'"e":' + ENTRY, b'"\xc3\xa9":' + ENTRY, b'"e\xcc\x81":' + ENTRY, b'"\\u00e9":' + ENTRY,
    b'"\\ud83d\\ude42":' + ENTRY, b'"\\ud83d":' + ENTRY, b'"\\ude42\\ud83d":' + ENTRY, b'"\\u0000":' + ENTRY,
    b'"\xed\xa0\x80":' + ENTRY, b'"\xc0\x80":' + ENTRY, b'"\xf4\x90\x80\x80":' + ENTRY, b'"\xff":' + ENTRY,
    b'"\n":' + ENTRY, b'"\x7f":' + ENTRY,
    b'"\\/\\b\\f\\n\\r\\t\\"\\\\":' + ENTRY, b'"\\a":' + ENTRY, b'"\\u12g4":' + ENTRY,
    b'"\xc3\xa9":' + ENTRY + b',"e\xcc\x81":' + ENTRY,
    b'"__metadata__":{}', b'"__metadata__":null', b'"__metadata__":{"a":"b","a":"c"}', b'"__metadata__":{"a":1}',
    b'"__metadata__":{"a":null}', b'"__metadata__":[]', b'"__metadata__":{"\xc3\xa9":"","e\xcc\x81":""}',
    b'"__metadata__":{"":"\\u00e9\\t"}', b'"list":["U8",[0],[0,0]]',
    b'"list":["U8",[0],[0,0],1]', b'"list":["U8",[0]]',
    b'"map":{"dtype":{"U8":null},"shape":[0],"data_offsets":[0,0]}',
    b'"n":null', b'"t":true', b'"s":"text"', b'"i":7',
    b'"dtype":"F64"', b'"shape":[0]', b'"data_offsets":[0,0]', b'"more":1', b'"more":null',
    b'"more":{"a":[1.5e3,true]}',
    b'"large":{"dtype":"U8","shape":[18446744073709551615,0],"data_offsets":[0,0]}',
    b'"large":{"dtype":"U8","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}',
    b'"large":{"dtype":"F64","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}',
    b'"large":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}',
    b'"more":"\\ud83d"', b'"more":' + b"[" * 100 + b"]" * 100, b'"more":' + b"[" * 200 + b"]" * 200, b'"more":01',
]  # fmt: skip

NUMBERS = [
    b"0", b"1", b"2", b"8", b"-1", b"-0", b"+1", b"01", b"00", b"1.0", b"1.", b"1e0", b"1E1", b".5", b"0x1", b"",
    b"4294967296", b"9223372036854775807", b"9223372036854775808", b"18446744073709551615", b"18446744073709551616",
    b"99999999999999999999999999", b"null", b'"1"', b"[1]", b"true", b"1,1", b"0,0", b"1,", b"NaN", b" 1 ", b"\t1\n",
]  # fmt: skip

DTYPES = (
    "BOOL F4 F6_E2M3 F6_E3M2 U8 I8 F8_E5M2 F8_E4M3 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ I16 U16 F16 BF16 I32 U32 F32 C64 F64"
    " I64 U64 U128 f32 float32 F\\u00336 \\u00554 \\u00558"
).encode().split()

SPACES = [b" ", b"\n", b"\t", b"\r", b"  ", b"\r\n", b"\x0b", b"\x00", b"\xc2\xa0", b"\xef\xbb\xbf"]


def change_bytes(data: bytearray, random: random.Random) -> None:
    """Any bytes, of which those of the header matter more."""
    end = random.choice([8, len(data), *[8 + int.from_bytes(data[:8], "little") % 2048] * 3])
    position = random.randrange(max(1, min(end, len(data))))
    match random.randrange(7):
        case 0 if data:
            data[position] ^= 1 << random.randrange(8)
        case 1 if data:
            data[position] = random.randrange(256)
        case 2 if data:
            data[position] = random.choice(b'{}[]:,"\\ 0123456789.-+eE\n\t\x00\x7f\x80\xc3\xff')
        case 3:
            data[position:position] = bytes(random.randrange(256) for _ in range(random.randint(1, 3)))
        case 4:
            del data[position : position + random.randint(1, 4)]
        case 5:
            del data[random.randrange(len(data) + 1) :]
        case 6:
            data += bytes(random.randint(1, 9))


def change_header(header: bytes, random: random.Random) -> bytes:
    """The header's parts, as a writer with a fault or with other customs might have them."""

    def replace(pattern: bytes, replacement: bytes) -> bytes:
        places = list(re.finditer(pattern, header))
        if not places:
            return header
        place = random.choice(places)
        return header[: place.start()] + replacement + header[place.end() :]

    match random.randrange(14):
        case 0:
            return replace(rb"\d+", random.choice(NUMBERS))
        case 1:
            # To another of the header's own numbers: offsets that overlap, or leave a gap, or swap.
            return replace(rb"\d+", random.choice(re.findall(rb"\d+", header) or [b"0"]))
        case 2:
            return replace(rb'(?<="dtype":")[A-Z0-9_]+', random.choice(DTYPES))
        case 3:
            return replace(rb"(?<=[{,])(?=\")", random.choice(MEMBERS) + b",")
        case 4:
            return replace(rb"(?=\})", b"," + random.choice(MEMBERS))
        case 5:
            return replace(rb"(?=[][{},:\"])", random.choice(SPACES))
        case 6:
            return random.choice(SPACES) + header
        case 7:
            return header.rstrip() + random.choice(SPACES) * random.randint(0, 2)
        case 8:
            # One member again, in another place.
            members = re.findall(rb'"[^"\\{}]*":\{[^{}]*\}', header)
            return replace(rb"(?<=[{,])(?=\")", random.choice(members) + b",") if members else header
        case 9:
            # A member of an entry less, or in another order.
            members = re.findall(rb'"(?:dtype|shape|data_offsets)":(?:"\w+"|\[[\d,]*\])', header)
            return replace(rb'"(?:dtype|shape|data_offsets)":(?:"\w+"|\[[\d,]*\]),?', random.choice([*members, b""]))
        case 10:
            # Characters of a name as escapes.
            place = random.choice(list(re.finditer(rb"\w(?=\w*\")", header)) or [None])
            if place is None:
                return header
            escape = random.choice([b"\\u%04x", b"\\u%04X", b"\\U%04x", b"\\u%03x", b"\\ud8%02x"]) % place[0][0]
            return header[: place.start()] + escape + header[place.end() :]
        case 11:
            # A member more at the end of the header, and in place of metadata if it is such.
            member = random.choice(MEMBERS)
            if member.startswith(b'"__metadata__"'):
                header = re.sub(rb'"__metadata__":\{[^{}]*\},?', b"", header)
            separator = b"" if header.startswith(b"{}") else b","
            return re.sub(rb"\}(?= *$)", lambda _: separator + member + b"}", header)
        case 12:
            return replace(rb'(?<="__metadata__":)\{[^{}]*\}', random.choice([b"null", b"[]", b"{}", b'""', b"0"]))
        case _:
            start, end = sorted(random.randrange(len(header) + 1) for _ in range(2))
            part = header[start : min(end, start + random.randint(1, 60))]
            position = random.randrange(len(header) + 1)
            return header[:position] + part + header[position:]


def small() -> bytes:
    header = b'{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},'
    header += b'"b":{"dtype":"I8","shape":[1,2],"data_offsets":[2,4]}}'
    return struct.pack("<Q", len(header)) + header + b"1234"


def main() -> None:
    folder, count, generator = pathlib.Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("*.safetensors"))]
    # Few of the changes to long headers hit something of interest.
    samples.append(small())
    for number in range(count):
        data = bytearray(generator.choice(samples))
        for _ in range(generator.choice([1, 1, 1, 2, 3])):
            if number % 2 == 0:
                change_bytes(data, generator)
            else:
                length = int.from_bytes(data[:8], "little")
                header = change_header(bytes(data[8 : 8 + length]), generator)
                data = bytearray(struct.pack("<Q", len(header)) + header + data[8 + length :])
        (folder / f"{number:06}").write_bytes(data)


if __name__ == "__main__":
    main()
