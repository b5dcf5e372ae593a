"""Alterations written by hand, each once unnoticed or worth a watch, with the tests that notice it now."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

LIMITS, LIMITER = "tests/archive/limiter/test_limits.py", "tests/archive/limiter/test_limiter.py"
FACTS, CDX = "tests/archive/test_wayback_facts.py", "tests/archive/index/test_cdx.py"
REDIRECTS, ENDLESS = "tests/archive/playback/test_redirects.py", "tests/archive/index/test_endless.py"
SAMPLING = "tests/archive/test_sampling.py"
SUBSTANTIVE, ORDER = "tests/diffing/kinds/test_substantive.py", "tests/diffing/kinds/test_order.py"
MARKS, VERDICT = "tests/diffing/kinds/test_marks.py", "tests/diffing/kinds/test_verdict.py"
AROUND, MATCHING = "tests/diffing/around/test_surroundings.py", "tests/diffing/match/test_matching.py"
EQUAL, STANDING = "tests/diffing/match/test_equal_tokens.py", "tests/store/history/jumps/test_standing.py"
INFLECTIONS, READING = "tests/store/search/test_inflections.py", "tests/insight/test_api.py"
HISTORY, REPLAYED = "tests/store/history", "tests/replay/test_archives.py"
LOCAL_ARCHIVE, PAGE_NUMBERS = "tests/archive/local/test_local_archive.py", "tests/diffing/around/test_page_numbers.py"
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
    # The rules of kinds, of what stands around a policy, of matches, jumps and searches (`docs/mutants.md`).
    # A figure that stands twice was written twice.
    Mutant(
        "harvester/diffing/kinds/same_words/slips.py",
        " and not hold_digit(changed)",
        "",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # Of two names that nobody knows one is a slip of the pen.
    Mutant(
        "harvester/diffing/kinds/same_words/slips.py",
        "return slipped and knows(one) != knows(other)",
        "return slipped",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # A party that came into the line of the copyright is a line of it.
    Mutant(
        "harvester/diffing/kinds/lesser/title_and_dates.py",
        "not (place.is_whole_block() and",
        "not (True and",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # A name before an e-mail address is a word before it.
    Mutant(
        "harvester/diffing/kinds/lesser/contact_details.py",
        " and _BEFORE_MAILS.issuperset(map(str.lower, mail[:-1]))",
        "",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # A page of recipients is a page.
    Mutant(
        "harvester/diffing/kinds/lesser/page_addresses.py",
        "(links.say_here and not place.is_behind_recipients())",
        "links.say_here",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # A row of names is a way to a setting that is named elsewhere.
    Mutant(
        "harvester/diffing/kinds/lesser/ways.py",
        '        if _SETTINGS.search("".join(tokens[max(start - _NAME_BEFORE, 0) : end + _NAME_BEFORE]))\n',
        "",
        ("tests/diffing/kinds/test_ways.py::test_what_is_no_way_to_a_setting_is_read",),
    ),
    # A list in brackets is a placeholder.
    Mutant(
        "harvester/diffing/kinds/same_words/typography.py",
        " and len(words) + 2 == len(tokens)",
        "",
        (f"{MARKS}::test_words_in_brackets_that_say_something_are_substantive",),
    ),
    # A mark in the place of a placeholder is a date.
    Mutant(
        "harvester/diffing/kinds/lesser/filled_in.py",
        "if not any(map(is_word, there.old or there.new)):",
        "if False:",
        (f"{MARKS}::test_a_mark_in_the_place_of_a_placeholder_fills_in_nothing",),
    ),
    # Who holds an office now held it before.
    Mutant(
        "harvester/diffing/kinds/lesser/officer.py",
        "if not (is_officer(*went[:2]) and is_officer(*came[:2])):",
        "if not is_officer(*came[:2]):",
        (f"{VERDICT}::test_what_went_or_came_with_another_party_or_person_is_read_too",),
    ),
    # An item that took the words of another hides one that went.
    Mutant(
        "harvester/diffing/kinds/lesser/where_it_stands.py",
        "elif side.blocks and not _is_of_whole_blocks(place):",
        "elif False:",
        (f"{ORDER}::test_an_item_that_took_the_words_of_another_hides_none_that_went",),
    ),
    # The order of items means nothing though they name one.
    Mutant(
        "harvester/diffing/kinds/same_words/enumerations.py",
        "(*over, *(item.inline.folded for item in items))",
        "over",
        (f"{ORDER}::test_another_member_or_an_order_that_means_something_is_substantive",),
    ),
    # What the company says of data with a name below is praise.
    Mutant(
        "harvester/diffing/around/edges.py",
        " and not widgets.OF_A_POLICY.search(said[place])",
        "",
        (f"{AROUND}::test_what_only_looks_like_a_menu_is_read_as_the_policy",),
    ),
    # Addresses that end in a language are accounts.
    Mutant(
        "harvester/diffing/around/menus.py",
        "_ACCOUNT = 4 ",
        "_ACCOUNT = 1 ",
        (f"{AROUND}::test_what_only_looks_like_the_sites_below_a_policy_is_read",),
    ),
    # A heading becomes a paragraph that is half like it.
    Mutant(
        "harvester/diffing/match/likeness.py",
        "headings != 1 or like.share >= 0.8",
        "True",
        (f"{MATCHING}::test_a_passage_is_edited_or_divided_in_place",),
    ),
    # A mark is lost beside others.
    Mutant(
        "harvester/diffing/match/equal_tokens.py",
        "return [(i, j + news.index(olds[0]), 1)] if olds[0] in news else []",
        "return []",
        (f"{EQUAL}::test_marks_between_two_equal_words_are_kept",),
    ),
    # What stands twice is an anchor.
    Mutant(
        "harvester/diffing/match/align.py",
        " and old_counts[key] == 1",
        "",
        (f"{EQUAL}::test_what_either_side_has_twice_is_no_anchor",),
    ),
    # A passage that its own page lacks is a jump.
    Mutant(
        "harvester/store/history/jumps/standing.py",
        "        if not before:\n            return False\n",
        "",
        (f"{STANDING}::test_a_passage_that_its_own_page_does_not_have_is_no_jump",),
    ),
    # The numbers of a list are words of its source.
    Mutant(
        "harvester/store/history/jumps/said.py",
        "words_of(_without_number(piece))",
        "words_of(piece)",
        (f"{STANDING}::test_the_items_of_a_list_stand_without_the_numbers_that_a_browser_gives_them",),
    ),
    # What a script writes as a number is no character.
    Mutant(
        "harvester/cleaner/page_text.py",
        "code = match[1] or match[2]",
        "code = match[1]",
        (f"{STANDING}::test_characters_that_scripts_write_as_numbers_are_read",),
    ),
    # A text is left out between two batches.
    Mutant(
        "harvester/store/search/fulltext.py",
        "range(0, len(missing), _TEXTS_AT_ONCE)",
        "range(0, len(missing), _TEXTS_AT_ONCE + 1)",
        (f"{INFLECTIONS}::test_every_text_that_is_not_indexed_is_however_many_there_are",),
    ),
    # A search counts versions of another time.
    Mutant(
        "harvester/store/search/hits.py",
        "there = [row for row in history if row.there]",
        "there = list(history)",
        (f"{INFLECTIONS}::test_since_when_says_what_the_first_version_known_said_and_names_the_breaks",),
    ),
    # Without a reference the first version is compared.
    Mutant(
        "harvester/insight/reading.py",
        '"~1" if a is None else a',
        '"first" if a is None else a',
        (f"{READING}::test_without_a_name_the_last_two_versions_are_compared",),
    ),
    # Hours that went are as good as other hours.
    Mutant(
        "harvester/diffing/kinds/lesser/contact_details.py",
        "if old and new and is_of_hours(*place.went)",
        "if is_of_hours(*place.went)",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # A label in the place of which a sentence came is still one.
    Mutant(
        "harvester/diffing/kinds/lesser/where_it_stands.py",
        "if all(\n        block.start in around",
        "if any(\n        block.start in around",
        (f"{AROUND}::test_what_is_more_than_labels_or_leads_elsewhere_than_to_pages_is_the_policys",),
    ),
    # What stands under an item may change places with what stands under another.
    Mutant(
        "harvester/diffing/kinds/same_words/enumerations.py",
        "any(item.label or item.level != items[0].level for item in items)",
        "any(item.label for item in items)",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # An announcement may go on behind its link.
    Mutant(
        "harvester/diffing/around/under_title.py",
        "any(map(str.isalnum, visible[last.end :])) or not _CALL",
        "not _CALL",
        (f"{AROUND}::test_what_goes_on_behind_its_link_or_leads_to_two_sites_is_no_announcement",),
    ),
    # The title is a label.
    Mutant(
        "harvester/diffing/around/surroundings.py",
        "if place and (labels_it",
        "if (labels_it",
        (f"{AROUND}::test_the_title_is_no_label_whatever_it_says",),
    ),
    # A gap that is too long is compared all by all.
    Mutant(
        "harvester/diffing/match/align.py",
        "elif (i_end - i) * (j_end - j) <= CELLS:",
        "else:",
        (f"{EQUAL}::test_a_gap_without_anchors_that_is_too_long_has_no_pairs",),
    ),
    # A sentence that is there once less counts by itself.
    Mutant(
        "harvester/store/history/jumps/standing.py",
        "and one not in kept and (often",
        "and (often",
        (f"{STANDING}::test_of_a_sentence_that_is_there_once_less_only_its_row_tells",),
    ),
    # Of two places of a passage any is looked for.
    Mutant(
        "harvester/store/history/jumps/standing.py",
        "key=lambda place: (place in behind, place in stayed)",
        "key=lambda place: place in stayed",
        (f"{STANDING}::test_of_two_places_the_one_that_no_longer_stands_behind_the_same_is_looked_for",),
    ),
    # A diff in another form is an error of the page.
    Mutant(
        "harvester/insight/reading.py",
        "        except CorruptStore:\n            pass",
        "        except ZeroDivisionError:\n            pass",
        (f"{READING}::test_a_stored_diff_that_cannot_be_read_is_made_again",),
    ),
    # Two versions in a row that match have a break between them.
    Mutant(
        "harvester/store/search/hits.py",
        "if b - a > 1]",
        "if b - a > 0]",
        (f"{INFLECTIONS}::test_since_when_says_what_the_first_version_known_said_and_names_the_breaks",),
    ),
    # The third page of a document and all behind it have no number.
    Mutant(
        "harvester/diffing/around/page_numbers.py",
        "if run or number <= _FIRST:",
        "if number <= _FIRST:",
        (f"{PAGE_NUMBERS}::test_numbers_of_pages_are_three_lines_or_more_that_count_on_with_prose_between",),
    ),
    # A menu that is longer than a label is surely the policy's.
    Mutant(
        "harvester/diffing/around/surroundings.py",
        "return is_of_cookies or is_menu(block) or is_row_of_pages(block) or is_of_a_side(block)",
        "return is_of_cookies or is_of_a_side(block)",
        (
            "tests/diffing/test_shortcuts.py::test_what_stands_around_a_policy_beside_one_line_is_never_said_to_be_impossible",
        ),
    ),
    # Words before a hidden address are letters of it.
    Mutant(
        "harvester/diffing/kinds/contact/hidden_mail.py",
        " == HIDDEN and _is_glued(side, start, tokens)",
        " == HIDDEN",
        ("tests/diffing/kinds/contact/test_hidden_mail.py::test_other_words_beside_a_hidden_address_are_substantive",),
    ),
    # Where data are stored is a contact detail behind a colon.
    Mutant(
        "harvester/diffing/kinds/lesser/contact_details.py",
        "(?: :)?|:)(?: (?!by",
        "|at)(?: (?!by",
        (f"{SUBSTANTIVE}::test_what_alters_a_right_a_party_or_an_amount_is_substantive",),
    ),
    # The scheme of a number that a page shows is a word.
    Mutant(
        "harvester/diffing/kinds/same_words/typography.py",
        " or hold_digit(side.tokens[end : end + 2])",
        "",
        (f"{MARKS}::test_the_same_words_with_other_marks_are_cosmetic",),
    ),
    # Seven words in a row are a coincidence.
    Mutant(
        "harvester/diffing/match/unlike.py",
        "_KEPT = 7",
        "_KEPT = 8",
        ("tests/diffing/match/test_unlike.py::test_seven_words_in_a_row_are_no_coincidence_and_six_are",),
    ),
    # Emphasis is lost in a redline.
    Mutant(
        "harvester/diffing/render/stretches.py",
        "while styles and styles[-1][1].start <= edge",
        "while styles and styles[-1][1].start < edge",
        ("tests/diffing/render/test_stretches.py::test_emphasis_stays_in_a_redline",),
    ),
    # The beginning of a sentence that is said once more stands in it.
    Mutant(
        "harvester/store/history/jumps/standing.py",
        " and side.page.count(said) <= other.page.count(said)",
        "",
        (f"{STANDING}::test_the_beginning_of_a_hidden_sentence_that_is_said_anew_is_a_change",),
    ),
    # What ends with a whole line broke off.
    Mutant(
        "harvester/store/history/strays/half_pages.py",
        "len(said) < len(all_said) and all_said",
        "all_said",
        (f"{HISTORY}/test_half_pages.py::test_what_ends_with_a_whole_line_did_not_break_off_in_it",),
    ),
    # Of several policies the oldest counts.
    Mutant(
        "harvester/store/history/strays/runs.py",
        "some[place - 1] if place",
        "some[0] if place",
        (f"{HISTORY}/test_no_policy.py::test_of_several_policies_the_nearest_counts",),
    ),
    # Texts that alternate since others went are not looked at again.
    Mutant(
        "harvester/store/history/strays/alternating.py",
        "yield from self._runs[pair]",
        "yield from ()",
        (
            f"{HISTORY}/strays/test_asked_again.py::test_what_is_set_aside_is_what_it_would_be_if_all_was_looked_at_again",
        ),
    ),
    # Nor are texts whose nearest policy went, however far it was.
    Mutant(
        "harvester/store/history/strays/no_policy.py",
        "yield from _to_a_likelier(removal.after.onward(), likelihood)",
        "yield from ()",
        (
            f"{HISTORY}/strays/test_asked_again.py::test_a_home_page_far_from_a_policy_is_none_once_what_was_nearer_is_none",
        ),
    ),
    # A text that returned for good is taken for a stale copy when it is rewritten.
    Mutant(
        "harvester/store/history/strays/another_document.py",
        "run.span < FOLD_WITHIN and likeness(before",
        "likeness(before",
        (
            f"{HISTORY}/test_strays.py::test_another_policy_at_the_address_makes_no_version_though_what_came_back_is_rewritten_later",
        ),
    ),
    # Names of cookies in one line are a list of them.
    Mutant(
        "harvester/store/history/strays/cookie_tables.py",
        "sum(listed) < _LEAST or ",
        "",
        (f"{HISTORY}/test_cookie_tables.py::test_three_names_of_cookies_in_one_line_are_no_list",),
    ),
    # A revisit shows a redirect to the page that it names.
    Mutant(
        "harvester/archive/local/local_archive.py",
        "key=lambda one: one.url != url",
        "key=lambda one: one.url == url",
        (f"{LOCAL_ARCHIVE}::test_a_revisit_shows_the_page_that_it_names_and_no_redirect_of_that_second_to_it",),
    ),
    # A revisit without a body is one of any redirect.
    Mutant(
        "harvester/archive/local/local_archive.py",
        "row.has_body and has_body_digest(row.listed)",
        "row.has_body and row.listed",
        (f"{LOCAL_ARCHIVE}::test_a_revisit_without_a_body_is_no_revisit_of_every_redirect",),
    ),
    # The same in what is replayed.
    Mutant(
        "harvester/replay/archives/warc.py",
        '[("digest", digest)] if has_body_digest(digest)',
        '[("digest", digest)] if digest',
        (f"{REPLAYED}::test_a_revisit_without_a_body_is_no_revisit_of_every_redirect",),
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
        "harvester/insight/reading.py",
        "if old_service == new_service and new.number == old.number + 1 and new.change_id is not None:",
        "if new.number == old.number + 1 and new.change_id is not None:",
    ): "a stored diff of other texts is refused, and the texts are compared",
    (
        "harvester/store/search/hits.py",
        'for condition in _by_services(session, matches, span, after[0] if after else ""):',
        'for condition in _by_services(session, matches, span, ""):',
    ): "services before the place are asked in vain",
    (
        "harvester/store/search/matches.py",
        "if new := set(texts) - self._asked_of:",
        "if new := set(texts):",
    ): "texts are asked for twice: the same answers, later",
    (
        "harvester/diffing/kinds/lesser/contact_details.py",
        'sum("@" in t for t in tokens) == 1',
        'any("@" in t for t in tokens)',
    ): "several addresses are contact details too, and are judged so one step later",
    (
        "harvester/store/history/jumps/word_rows.py",
        "_FEW = 50",
        "_FEW = 0",
    ): "the same counts, whichever way they are made",
    (
        "harvester/insight/reading.py",
        'name, at, rest = ref.rpartition("@")',
        'name, at, rest = ref.partition("@")',
    ): "neither the name of a service nor a reference holds an @",
    (
        "harvester/store/search/hits.py",
        "if span.type is not None: rest = rest.where(Service.type == span.type)",
        "if False: rest = rest.where(Service.type == span.type)",
    ): "services of another type are asked in vain",
    (
        "harvester/store/search/matches.py",
        "if found and number - found[-1][1] <= _BETWEEN:",
        "if found and number - found[-1][1] <= _BETWEEN and False:",
    ): "more runs of numbers: the same texts, later",
    (
        "harvester/diffing/words.py",
        "room_right = min(following.old_start - hunk.old_end, following.new_start - hunk.new_end)",
        "room_right = min(following.old_start - hunk.old_end, following.new_start + hunk.new_end)",
    ): "between two hunks both sides have the same tokens, so that either of the numbers serves",
}
"""Alterations that change nothing a test could or should see, with the reason: path, and the lines before and after."""
