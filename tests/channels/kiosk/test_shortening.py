"""What the shortened script may change and what it may not; that it still works is for the browser to show."""

from app.channels.kiosk import shortening


def shortened(part: str) -> str:
    return shortening.shortened([part])[0]


def test_comments_and_spaces_go_and_texts_stay() -> None:
    assert shortened("// why\nlet first = 'a  // b';\nfirst = first + +'1';\n") == "let a='a  // b';a=a+ +'1';"


def test_own_names_become_short_in_every_part() -> None:
    assert shortening.shortened(["const longest = 1;", "send(longest);"]) == ["const a=1;", "send(a);"]


def test_names_of_others_stay() -> None:
    kept = "const{lang,text}=pack;said.lang=text;f({lang,text});"

    assert shortened(kept) == kept


def test_parameters_and_loops_are_own_names_too() -> None:
    assert shortened("for (const one of all) use((other, ...more) => one + other + more);") == (
        "for(const b of all)use((c,...a)=>b+c+a);"
    )


def test_patterns_are_not_taken_for_comments_or_divisions() -> None:
    assert shortened("text.replace(/%(\\w+) \\/\\//g, half / 2);") == "text.replace(/%(\\w+) \\/\\//g,half/2);"
