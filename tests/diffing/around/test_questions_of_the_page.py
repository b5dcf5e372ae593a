"""Whether a page helped, with its answers, and what a company that sells software asks its readers to do, are the
site's; the same words where a policy answers a question are the policy's.
"""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.surroundings import without_surroundings

BODY = """# Terms

We collect your name and your address when you open an account with our shop.

## Cookies

We set two cookies, and give your data to nobody at all unless a law obliges us to.
"""


@pytest.mark.parametrize(
    "box",
    [
        "Did you get the help you needed?\n\nYes\n\nNo",
        "Was this article helpful?\n\nYes\n\nNo",
        "Did you find what you were looking for?\n\n- Yes\n- No",
        "War dieser Artikel hilfreich?\n\nJa\n\nNein",
        "Cet article vous a-t-il été utile ?\n\nOui\n\nNon",
        "Avez-vous trouvé l'aide dont vous aviez besoin ?\n\nOui\n\nNon",
        "Haben Sie die gewünschte Hilfe erhalten?\n\nJa\n\nNein",
        "¿Te ha resultado útil?\n\nSí\n\nNo",
    ],
)
def test_the_answers_to_whether_a_page_helped_are_the_sites(box: str) -> None:
    asked = f"{BODY}\n{box}\n"
    assert without_surroundings(asked) == without_surroundings(BODY)
    for old, new in ((BODY, asked), (asked, BODY)):
        assert compare(old, new).kind is Kind.COSMETIC
    assert compare(BODY, asked.replace("two", "ten")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Do we sell your data?\n\nNo", "Do we sell your data?\n\nYes"),
        ("Do we sell your data?\n\nNo\n\nRead more", "Do we sell your data?\n\nYes\n\nRead more"),
        ("Was this helpful?\n\nYes\n\nNo\n\nNo", "Was this helpful?\n\nYes\n\nNo\n\nYes"),
        ("Read more\n\nNo", "Read more\n\nYes"),
        ("Can you limit this sharing?\n\nYes", "Can you limit this sharing?\n\nNo"),
    ],
)
def test_the_answer_to_a_question_of_the_policy_is_the_policys(old: str, new: str) -> None:
    assert compare(f"{BODY}\n{old}\n", f"{BODY}\n{new}\n").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "box",
    [
        "Get started for free, or request a demo\nto discuss larger projects\n----\n\n"
        "[Contact sales](https://a.example/c)[Get started](https://app.a.example/s)",
        "[Request a demo](https://a.example/demo)",
        "## Try it for free\n\n[Start free trial](https://a.example/trial)",
        "## Ready to get started?\n\n[Talk to sales](https://a.example/sales)",
        "[Demo anfordern](https://a.example/demo)",
        "[Demander une démo](https://a.example/demo)",
        "[Solicitar una demo](https://a.example/demo)",
        "[Richiedi una demo](https://a.example/demo)",
    ],
)
def test_what_a_company_asks_those_who_may_buy_its_software_to_do_is_the_sites(box: str) -> None:
    for old, new in ((BODY, f"{BODY}\n{box}\n"), (BODY.replace("## Cookies", f"{box}\n\n## Cookies"), BODY)):
        assert without_surroundings(old) == without_surroundings(new)
        assert compare(old, new).kind is Kind.COSMETIC
        assert compare(old, new.replace("two", "ten")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "said",
    [
        "## Try it free for 30 days",
        "## Sign up for free and share your data",
        "Free trial",
        "We contact sales staff.",
        "Request a copy of your data",
    ],
)
def test_what_a_policy_says_of_a_trial_or_a_request_is_the_policys(said: str) -> None:
    assert without_surroundings(f"{BODY}\n{said}\n") != without_surroundings(BODY)
