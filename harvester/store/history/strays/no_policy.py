"""Whether a text is no policy, by its likelihood and by the policies on both sides of it. Pure.

It needs no later text, so that it works at both ends of a history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harvester.store.history.likeness import MENU, UNLIKE, Measures, likeness
from harvester.store.history.strays.half_pages import FAR_SHORTER
from harvester.store.outcome import LIKELIHOOD_KNOWS, NO_POLICY

POLICY = 0.6
"""Policy likelihood from which a text is clearly a policy."""
EITHER = 0.5
"""A likelihood that decides nothing: that of documents of other types."""
LESS_LIKELY = 0.3
A_LINE = 0.1
"""Share of the words of the policies at its sides under which a text is a line or two."""
_SENTENCE = 30
"""Characters from which a passage is no item of a menu."""
_HOME = 0.1
"""Policy likelihood up to which a text is a home page or a log-in, as was measured."""


def is_no_policy(known: Sequence[Measures | None], place: int, *, is_settled: bool) -> bool:
    """Return whether the text at a place is no policy: it shares almost nothing with the nearest policies and is far
    less likely one, or says almost nothing, or only lists cookies. `is_settled`: it stood for long, as a policy does.
    """
    one = known[place]
    if one is None:
        return False
    before, after = known[:place][::-1], known[place + 1 :]
    policies = [side for side in (_clear_policy(before), _clear_policy(after)) if side is not None]
    if not policies and not is_settled:
        policies = _likelier(one, before, after)
    if not policies:
        return False
    # A translation shares no passage with a policy, so that the likelihood alone speaks.
    at_most = NO_POLICY if any(side.language == one.language for side in policies) else _HOME
    is_told = one.language in LIKELIHOOD_KNOWS and one.policy_likelihood <= at_most
    is_short = is_told or one.words < A_LINE * min(side.words for side in policies)
    says_nothing = is_short and (one.policy_likelihood < EITHER or one.linked >= MENU)
    if says_nothing and not is_told and is_settled and _is_prose_of_policies(one):
        return False
    unlike = all(likeness(one.passages, side.passages) <= UNLIKE for side in policies)
    return unlike and (says_nothing or one.is_of_cookies)


def _is_prose_of_policies(one: Measures) -> bool:
    """Return whether a text is no clear stranger, and says most of what it says in sentences, not in names or links."""
    said = sum(len(passage) for passage in one.passages if len(passage) >= _SENTENCE)
    return one.policy_likelihood > NO_POLICY and one.linked < MENU and 2 * said >= sum(map(len, one.passages))


def is_weak(one: Measures, before: Measures, after: Measures) -> bool:
    """Return whether a text is far shorter than those at its sides, or far less likely a policy."""
    far_shorter = one.words < FAR_SHORTER * min(before.words, after.words)
    likely = min(before.policy_likelihood, after.policy_likelihood)
    return far_shorter or (one.language in LIKELIHOOD_KNOWS and one.policy_likelihood <= likely - LESS_LIKELY)


def reads_like_a_policy(one: Measures, before: Measures, after: Measures) -> bool:
    """Return whether a text is as surely a policy as a clear one, or as those at its sides; nobody knows this of
    documents of other types.
    """
    sides = min(before.policy_likelihood, after.policy_likelihood)
    return one.policy_likelihood != EITHER and one.policy_likelihood >= min(POLICY, sides)


def _clear_policy(side: Iterable[Measures | None]) -> Measures | None:
    """Return the nearest text of one side that is clearly a policy, skipping texts that are not."""
    for one in side:
        if one is not None and one.policy_likelihood >= POLICY:
            return one
        if one is None or one.policy_likelihood > NO_POLICY:
            return None
    return None


def _likelier(one: Measures, before: Sequence[Measures | None], after: Sequence[Measures | None]) -> list[Measures]:
    """Return the texts on both sides of what measures as a home page, if both are far likelier policies. At an end of
    the history one must do, where the home page says almost nothing.
    """
    if one.language not in LIKELIHOOD_KNOWS or one.policy_likelihood > _HOME:
        return []
    sides = [
        next((text for text in side if text is None or text.policy_likelihood > _HOME), None)
        for side in (before, after)
        if side
    ]
    found = [text for text in sides if text is not None and text.policy_likelihood >= _HOME + LESS_LIKELY]
    is_at_an_end = len(sides) == 1 and all(one.words < A_LINE * text.words for text in found)
    return found if len(found) == len(sides) and (len(sides) > 1 or is_at_an_end) else []
