import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck.intake.strict_json import MAX_DEPTH, NotStrictJson, decode, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1, 4]), st.booleans())
def test_reads_what_the_standard_library_writes_and_knows_every_place(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return
    try:
        read, places = parse(text)
    except NotStrictJson:
        pytest.fail("strict JSON was refused")
    assert places.faults == () or "digits" in places.faults[0].message
    if not places.faults:
        assert read == value
    assert set(places.values) == set(pointers(value))
    for pointer, offset in places.values.items():
        line, column = places.of(pointer)
        assert text.split("\n")[line - 1][column - 1] == text[offset]


def pointers(value, prefix=""):
    yield prefix
    members = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for name, member in members:
        yield from pointers(member, f"{prefix}/{str(name).replace('~', '~0').replace('/', '~1')}")


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ('{"a": 1,\n "a": 2}', "twice", 2),
        ('{"a":\n NaN}', "NaN", 2),
        ('[-Infinity]', "Infinity", 1),
        ('[\n\n1e999]', "too large", 3),
        ("[" + "9" * 5000 + "]", "digits", 1),
        ('["\\ud800"]', "surrogate", 1),
        ('{"\\udc00": 1}', "surrogate", 1),
    ],
)
def test_faults_that_other_readers_overlook(text, words, line):
    _, places = parse(text)
    (fault,) = places.faults
    assert words in fault.message
    assert places.at(fault.offset)[0] == line


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)])
def test_depth_has_a_limit(text):
    with pytest.raises(NotStrictJson):
        parse(text)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"), (b" \n", "empty"), ("{}".encode("utf-16"), "UTF-16"), (b"\x00\x01\x02", "not text"),
        (b'{"a": "\xff"}', "UTF-8"), ("{}".encode("utf-16-le"), "UTF-16"),
    ],
)
def test_bytes_that_are_no_text(raw, words):
    with pytest.raises(NotStrictJson, match=words):
        decode(raw)


def test_a_byte_order_mark_is_allowed():
    assert decode(b"\xef\xbb\xbf{}") == "{}"


@pytest.mark.parametrize(
    ("text", "words", "line", "column"),
    [
        ("{", "quotation marks", 1, 2), ('{"a" 1}', "colon", 1, 6), ("[1 2]", "comma", 1, 4), ("[1]\n x", "already ended", 2, 2),
        ('["a\nb"]', "line break", 1, 4), ('["\\x"]', "backslash", 1, 3),
    ],
)
def test_syntax_errors_say_where_and_what(text, words, line, column):
    with pytest.raises(NotStrictJson, match=words) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
