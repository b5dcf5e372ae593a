"""Another language for a while, between two texts in one. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from harvester.store.history.likeness import Measures, other_language
from harvester.store.history.strays.no_policy import is_beside_a_policy
from harvester.store.history.strays.runs import Finding, Removal, Run, known_of, neighbours, remove


class AnotherLanguage:
    """Finds the texts in other languages between two in a language that has at least as many captures."""

    ahead = 0

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs: defaultdict[str, list[Run]] = defaultdict(list)
        self._captures: Counter[str] = Counter()
        for run in runs:
            if run.known is not None:
                self._runs[run.known.language].append(run)
                self._captures[run.known.language] += len(run.places)

    def at(self, run: Run) -> Iterator[Finding]:
        before = known_of(run.before)
        if before is None or not self._comes_later(before.language, run):
            return
        within: list[Measures] = []
        for after in run.onward():
            if not other_language(before, after.known):
                break
            assert after.known is not None
            # "For a while": the language at the sides is the service's, or else it is they that are the strays.
            if self._captures[before.language] < self._captures[after.known.language]:
                return
            within.append(after.known)
        else:
            return
        if not (within and after.before and after.known is not None and after.known.language == before.language):
            return
        # A home page says nothing of the language of the policy.
        if not any(is_beside_a_policy(side, one) for side in (before, after.known) for one in within):
            spoken = {one.language for one in within}
            reason = f"another language: {' and '.join(sorted(spoken))} between two texts in {before.language}"
            yield after.before, reason

    def elsewhere(self, removal: Removal) -> Iterator[Run]:
        """Yield what is behind the last text of each language before the removal: another row of texts follows it;
        and behind all of a language that has as many captures now as one that had more.
        """
        had = self._captures.copy()
        for run in removal.gone:
            if run.known is not None:
                remove(run, self._runs[run.known.language])
        for run in removal.aside:
            if run.known is not None:
                self._captures[run.known.language] -= len(run.places)
        spoken = {run.known.language for run in removal.aside if run.known is not None}
        for language, runs in self._runs.items():
            now = self._captures[language]
            if any(had[language] < had[other] and now >= self._captures[other] for other in spoken):
                yield from (run.after for run in runs if run.after)
            elif removal.after and (last := neighbours(removal.after, runs)[0]) and last.after:
                yield last.after

    def _comes_later(self, language: str, run: Run) -> bool:
        runs = self._runs[language]
        return bool(runs) and runs[-1].first > run.first
