"""Whether a text is no policy, by its likelihood and by the policies on both sides of it. Pure.

It needs no later text, so that it works at both ends of a history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from harvester.store.history.likeness import MENU, UNLIKE, Measures, likeness
from harvester.store.history.strays.half_pages import FAR_SHORTER
from harvester.store.history.strays.runs import Finding, Removal, Run, known_of, neighbours, remove
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


Nearest = Callable[[float], Sequence[Measures | None]]
"""Gives, for a likelihood, the nearest text of each side that has a text: the nearest with more, or None where there is
none or where nothing is known of it.
"""


class NotAPolicy:
    """Finds the texts that are no policy, at an address that showed one."""

    ahead = 1

    def __init__(self, runs: Sequence[Run]) -> None:
        self._likelier = {
            likelihood: [run for run in runs if _is_likelier(run, likelihood)] for likelihood in (_HOME, NO_POLICY)
        }

    def at(self, run: Run) -> Iterator[Finding]:
        if run.known is not None and _is_no_policy(run.known, partial(self._nearest, run), is_settled=run.is_settled):
            yield run, "not a policy, at an address that showed one"

    def elsewhere(self, removal: Removal) -> Iterator[Run]:
        """Yield the runs of which another text is the nearest now."""
        for likelihood, runs in self._likelier.items():
            no_longer = [run for run in removal.gone if _is_likelier(run, likelihood)]
            for run in no_longer:
                remove(run, runs)
            if no_longer and removal.before:
                yield from _to_a_likelier(removal.before.backward(), likelihood)
            if no_longer and removal.after:
                yield from _to_a_likelier(removal.after.onward(), likelihood)

    def _nearest(self, run: Run, likelihood: float) -> list[Measures | None]:
        nearest = neighbours(run, self._likelier[likelihood])
        sides = zip((run.before, run.after), nearest, strict=True)
        return [known_of(one) for beside, one in sides if beside]


def _is_likelier(run: Run, likelihood: float) -> bool:
    return run.known is None or run.known.policy_likelihood > likelihood


def _to_a_likelier(runs: Iterator[Run], likelihood: float) -> Iterator[Run]:
    for run in runs:
        yield run
        if _is_likelier(run, likelihood):
            return


def _is_no_policy(one: Measures, nearest: Nearest, *, is_settled: bool) -> bool:
    """Return whether a text is no policy: it shares almost nothing with the nearest policies and is far less likely
    one, or says almost nothing, or only lists cookies. `is_settled`: it stood for long, as a policy does.
    """
    policies = [side for side in nearest(NO_POLICY) if side is not None and side.policy_likelihood >= POLICY]
    if not policies and not is_settled:
        policies = _likelier(one, nearest(_HOME))
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


def is_beside_a_policy(one: Measures, other: Measures) -> bool:
    """Return whether of two texts, in any languages, the other alone is the policy: it is far likelier one, and long
    beside a line or two.
    """
    is_told = {one.language, other.language} <= LIKELIHOOD_KNOWS
    less_likely = is_told and one.policy_likelihood <= other.policy_likelihood - LESS_LIKELY
    return (less_likely and one.policy_likelihood <= NO_POLICY) or one.words < A_LINE * other.words


def reads_like_a_policy(one: Measures, before: Measures, after: Measures) -> bool:
    """Return whether a text is as surely a policy as a clear one, or as those at its sides; nobody knows this of
    documents of other types.
    """
    sides = min(before.policy_likelihood, after.policy_likelihood)
    return one.policy_likelihood != EITHER and one.policy_likelihood >= min(POLICY, sides)


def _likelier(one: Measures, sides: Sequence[Measures | None]) -> list[Measures]:
    """Return the texts on both sides of what measures as a home page, if both are far likelier policies. At an end of
    the history one must do, where the home page says almost nothing.
    """
    if one.language not in LIKELIHOOD_KNOWS or one.policy_likelihood > _HOME:
        return []
    found = [text for text in sides if text is not None and text.policy_likelihood >= _HOME + LESS_LIKELY]
    is_at_an_end = len(sides) == 1 and all(one.words < A_LINE * text.words for text in found)
    return found if len(found) == len(sides) and (len(sides) > 1 or is_at_an_end) else []
