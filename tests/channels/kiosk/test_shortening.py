"""What the shortened script may change and what it may not; that it still works is for the browser to show."""

from app.channels.kiosk import shortening


def shortened(part: str) -> str:
    return shortening.shortened([part])[0]


def test_comments_and_spaces_go_and_texts_stay() -> None:
    assert shortened("// why\nlet first = 'a  // b';\nfirst = first + +'1';\n") == "let e='a  // b';e=e+ +'1';"


def test_own_names_become_short_in_every_part() -> None:
    assert shortening.shortened(["const longest = 1;", "send(longest);"]) == ["const e=1;", "send(e);"]


def test_properties_and_keys_stay() -> None:
    assert shortened("const text = 1;\nsaid.text = text;\nf({text: 2, a: text});") == (
        "const e=1;said.text=e;f({text:2,a:e});"
    )


def test_a_name_that_is_its_own_key_keeps_the_key() -> None:
    assert shortened("all.map(({lang, text: inner = 1}) => ({lang, inner}));") == (
        "all.map(({lang:e,text:t=1})=>({lang:e,inner:t}));"
    )


def test_every_statement_begins_with_the_same_letters() -> None:
    assert shortened("f(one => one);\ng(other => other);") == "f(e=>e);g(e=>e);"


def test_a_statement_leaves_alone_what_is_known_outside() -> None:
    assert shortened("let shown = 1;\nf(one => one + shown + e);") == "let n=1;f(t=>t+n+e);"


def test_declarations_in_a_row_become_one() -> None:
    assert shortened("const one = () => { f(); };\nconst other = [1, 2,];\nlet third;") == (
        "const e=()=>{f()},t=[1,2];let n;"
    )


def test_parameters_and_loops_are_own_names_too() -> None:
    assert shortened("for (const one of all) use((other, ...more) => one + other + more);") == (
        "for(const e of all)use((t,...n)=>e+t+n);"
    )


def test_patterns_are_not_taken_for_comments_or_divisions() -> None:
    assert shortened("text.replace(/%(\\w+) \\/\\//g, half / 2);") == "text.replace(/%(\\w+) \\/\\//g,half/2);"
