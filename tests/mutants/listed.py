"""Alterations written by hand, each once unnoticed or worth a watch, with the tests that notice it now."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

LIMITS, LIMITER = "tests/archive/limiter/test_limits.py", "tests/archive/limiter/test_limiter.py"
FACTS, CDX = "tests/archive/test_wayback_facts.py", "tests/archive/index/test_cdx.py"
REDIRECTS, ENDLESS = "tests/archive/playback/test_redirects.py", "tests/archive/index/test_endless.py"
SAMPLING = "tests/archive/test_sampling.py"
FETCHING, BAD_INPUT = "tests/harvest/steps/test_fetching.py", "tests/harvest/report/test_bad_input.py"

LISTED: tuple[Mutant, ...] = (
    # A Retry-After without a zone is of this machine's zone.
    Mutant(
        "harvester/archive/limiter/rules.py",
        "moment = moment.replace(tzinfo=UTC)",
        "moment = moment.astimezone()",
        (f"{LIMITS}::test_a_retry_after_date_without_a_zone_is_in_utc_wherever_the_machine_is",),
    ),
    # A host in capitals has a limiter of its own.
    Mutant(
        "harvester/archive/limiter/limiter.py",
        "urlsplit(archive.playback).netloc.lower()",
        "urlsplit(archive.playback).netloc",
        (f"{LIMITER}::test_a_host_in_capitals_has_no_limiter_of_its_own",),
    ),
    # The budget is counted without a lock.
    Mutant(
        "harvester/archive/limiter/budget.py",
        "with self._lock:\n            if",
        "if True:\n            if",
        (f"{LIMITER}::test_threads_that_count_at_the_same_instant_do_not_overspend_a_budget",),
    ),
    # Any number of downloads at once.
    Mutant(
        "harvester/harvest/steps/fetch.py",
        "with harvest.downloading:",
        "if True:",
        (f"{FETCHING}::test_no_more_downloads_ask_the_archive_at_once_than_the_harvest_says",),
    ),
    # A 403 of the index that names no block passes.
    Mutant(
        "harvester/archive/index/asking.py",
        "if 400 <= answer.status != 403:",
        "if 400 <= answer.status:",
        (f"{FACTS}::test_what_is_no_index_is_asked_again_and_told_to_the_breaker",),
    ),
    # A 504 on the narrowest range is not told to the breaker.
    Mutant(
        "harvester/archive/client.py",
        "self.limiter.failed(str(error))",
        "pass",
        (f"{FACTS}::test_a_504_on_the_narrowest_range_is_a_passing_failure",),
    ),
    # Nor is HTML in place of the index.
    Mutant(
        "harvester/archive/index/asking.py",
        "transport.limiter.failed(problem)",
        "pass",
        (f"{FACTS}::test_what_is_no_index_is_asked_again_and_told_to_the_breaker",),
    ),
    # HTML in place of the index is good news between two failures.
    Mutant(
        "harvester/archive/transport.py",
        'if endpoint == "playback":\n                    self.limiter.good(pass_)',
        "self.limiter.good(pass_)",
        (f"{FACTS}::test_what_is_no_index_is_asked_again_and_told_to_the_breaker",),
    ),
    # A Location with control characters is followed.
    Mutant(
        "harvester/archive/playback/redirects.py",
        r'or re.search(r"[\x00-\x1f\x7f]", location.strip())',
        "or False",
        (f"{FACTS}::test_a_location_with_control_characters_leads_nowhere",),
    ),
    # Port 443 and www2 are other pages.
    Mutant("harvester/memento.py", "(80, 443)", "(80,)", (f"{REDIRECTS}::test_variants_of_one_key_are_the_same_page",)),
    Mutant(
        "harvester/memento.py", r"^www\d*\.", r"^www\.", (f"{REDIRECTS}::test_variants_of_one_key_are_the_same_page",)
    ),
    # Empty pages are followed for ever.
    Mutant(
        "harvester/archive/index/paging.py",
        "if empty_pages > MOST_EMPTY_PAGES:",
        "if False:",
        (f"{ENDLESS}::test_empty_pages_for_ever_end_the_search",),
    ),
    # A checkpoint loses its cookie, its key or its start.
    Mutant(
        "harvester/archive/index/paging.py",
        'fields["resume_key"], fields["cookies"])',
        'fields["resume_key"], {})',
        (f"{FACTS}::test_a_search_taken_up_from_a_stored_checkpoint_sends_its_key_and_cookie",),
    ),
    Mutant(
        "harvester/archive/index/paging.py",
        'cls(start, fields["resume_key"]',
        "cls(start, None",
        (f"{FACTS}::test_a_search_taken_up_from_a_stored_checkpoint_sends_its_key_and_cookie",),
    ),
    Mutant(
        "harvester/archive/index/paging.py",
        'cls(start, fields["resume_key"]',
        'cls(None, fields["resume_key"]',
        (f"{FACTS}::test_a_search_taken_up_from_a_stored_checkpoint_sends_its_key_and_cookie",),
    ),
    # A JSON page need not name its columns.
    Mutant(
        "harvester/archive/index/cdx.py",
        'if not {"timestamp", "original"} <= set(names):',
        "if False:",
        (f"{CDX}::test_a_json_page_that_does_not_name_its_columns_is_no_index_page",),
    ),
    # A sample asks for the end of a span again, and so for ever.
    Mutant(
        "harvester/archive/sampling.py",
        "if j - 1 > a and",
        "if j - 1 >= a and",
        (f"{SAMPLING}::test_where_the_one_capture_of_a_restless_span_is_late_it_is_asked_for_and_none_twice",),
    ),
    # A source's own span is ignored, in the search and in the plan.
    Mutant(
        "harvester/harvest/steps/index.py",
        "_later(start, source.since), _earlier(end, source.until)",
        "start, _earlier(end, source.until)",
        (f"{FETCHING}::test_a_source_is_searched_and_planned_within_its_own_span_only",),
    ),
    Mutant(
        "harvester/harvest/steps/index.py",
        "_later(start, source.since), _earlier(end, source.until)",
        "_later(start, source.since), end",
        (f"{FETCHING}::test_a_source_is_searched_and_planned_within_its_own_span_only",),
    ),
    Mutant(
        "harvester/store/ledger/sources.py",
        "(source.since is None or source.since <= moment) and",
        "",
        (f"{FETCHING}::test_captures_outside_a_span_that_was_set_later_are_not_planned",),
    ),
    # A poll overwrites the half-year whose end it sees.
    Mutant(
        "harvester/harvest/steps/plan.py",
        "if span[0] is not None and half_year(since) < since:",
        "if False:",
        (f"{FETCHING}::test_a_poll_leaves_the_half_year_of_which_it_sees_only_the_end",),
    ),
    # A harvest with an end says that it knows all.
    Mutant(
        "harvester/harvest/run.py",
        "if span.end is None:",
        "if True:",
        (f"{FETCHING}::test_only_a_harvest_without_an_end_knows_all",),
    ),
    # A batch that could not be kept counts as fetched.
    Mutant(
        "harvester/harvest/steps/fetch.py",
        "            fetched += error is None",
        "            tally.fetched += error is None",
        (f"{FETCHING}::test_a_batch_that_could_not_be_kept_is_not_counted_as_fetched",),
    ),
    # History is not brought up to date when a harvest ends early.
    Mutant(
        "harvester/harvest/run.py",
        "    finally:\n        refresh(harvest, watched.service, tally)",
        "    except ZeroDivisionError:\n        raise\n    refresh(harvest, watched.service, tally)",
        (f"{FETCHING}::test_what_came_before_an_early_end_is_in_the_history",),
    ),
    # An exclusion takes settled captures too.
    Mutant(
        "harvester/store/ledger/sources.py",
        ".where(Capture.source_id == source.id, Capture.outcome.in_(ledger.WAITING))",
        ".where(Capture.source_id == source.id)",
        (f"{FETCHING}::test_an_exclusion_takes_only_what_was_still_wanted",),
    ),
)

EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("harvester/web/pages/captures.py", "return []", "return None"): "the page only asks whether there is a calendar",
    (
        "harvester/archive/sampling.py",
        "if j - 1 > a and aim - times[j - 1] < times[j] - aim:",
        "if j - 1 > a and aim - times[j - 1] <= times[j] - aim:",
    ): "of two captures that are equally near to the middle either will do",
    (
        "harvester/store/search/phrases.py",
        "return None if asked is None or isinstance(query, Not) else _matches_tsquery(*asked)",
        "return None",
    ): "without one question for all of it, PostgreSQL is asked for each part: the same answers, later",
    (
        "harvester/diffing/words.py",
        "room_right = min(following.old_start - hunk.old_end, following.new_start - hunk.new_end)",
        "room_right = min(following.old_start - hunk.old_end, following.new_start + hunk.new_end)",
    ): "between two hunks both sides have the same tokens, so that either of the numbers serves",
}
"""Alterations that change nothing a test could or should see, with the reason: path, and the lines before and after."""
