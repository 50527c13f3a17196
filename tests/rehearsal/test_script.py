"""A script that makes no sense is refused with its file, its line and the reason."""

import pytest

from app.rehearsal import script
from app.rehearsal.script import ScriptRefused


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("hello", "a line begins with"),
        ("@phones B", "a line begins with"),
        (" > GH1", "a line begins with"),
        ("@phone b", "one capital letter"),
        ("@phone", "one capital letter"),
        ("@phone AB", "one capital letter"),
        ("@again twice", "like @again 2"),
        ("@again 0", "like @again 2"),
        ("@time 20h", "like @time +20h"),
        ("@time +1w", "like @time +20h"),
        ("@time +999999d", "400 days at most"),
        ("@media", "like @media 1"),
        ("@optout stop", "STOP, HELP, START"),
        ("@expect", "@expect takes one of"),
        ("@expect texts 1", "@expect takes one of"),
        ("@expect responses many", "@expect responses is not understood"),
        ("@expect answer 1", "@expect answer is not understood"),
        ("@expect kept", "@expect kept is not understood"),
        ("< {q0}", "there is no placeholder {q0}"),
        ("< {tak}", "there is no placeholder {tak}"),
        ("< {q1:pl}", "texts are sent in da and en only"),
        ("< {q1", "a brace that is not closed"),
        ("> \\u{zz}", "takes a number"),
        ("> \\u{110000}", "is no character"),
        ("> \\u{d800}", "is no character"),
        ("> {receipt b}", "with the letter of a telephone"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(line: str, reason: str) -> None:
    with pytest.raises(ScriptRefused, match=r"^talk\.txt:3: ") as refused:
        script.parse(f"> GH1\n\n{line}\n", "talk.txt")

    assert reason in str(refused.value)


@pytest.mark.parametrize("line", ["< {q1}", "@again"])
def test_a_reply_before_any_text_is_refused(line: str) -> None:
    with pytest.raises(ScriptRefused, match=r"talk\.txt:1: nothing was said before this line"):
        script.parse(f"{line}\n> GH1\n", "talk.txt")


@pytest.mark.parametrize("text", ["", "# only a remark\n", "@phone B\n"])
def test_a_script_in_which_nobody_speaks_is_refused(text: str) -> None:
    with pytest.raises(ScriptRefused, match="nobody says anything"):
        script.parse(text, "talk.txt")


def test_lines_may_end_as_on_windows() -> None:
    read = script.parse("\ufeff> GH1\r\n< {opening} {q1}\r\n", "talk.txt")

    assert [(line.number, line.kind, line.rest) for line in read.lines] == [
        (1, "say", "GH1"),
        (2, "reply", "{opening} {q1}"),
    ]


def test_a_text_keeps_its_spaces_and_may_be_empty() -> None:
    read = script.parse(">   a b \n>\n", "talk.txt")

    assert [line.rest for line in read.lines] == ["  a b ", ""]
