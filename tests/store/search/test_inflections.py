"""A search finds the forms of a word, so that it dates by what a policy says and not by a plural."""

from __future__ import annotations

import string
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from harvester.cli import main
from harvester.insight.search import search
from harvester.insight.trends import terms
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.schema import TextRow
from harvester.store.search import fulltext
from harvester.store.search.inflection import LANGUAGES, stem
from tests.support.paths import SAMPLE
from tests.support.store.rows import NOW, a_capture, a_service, a_source, a_text

FORMS = {
    "en": (
        "interest interests interested interesting",
        "policy policies",
        "party parties",
        "cookie cookies",
        "share shares shared sharing",
        "use uses used using",
        "disclose discloses disclosed disclosing",
        "process processes processed processing",
        "child children",
        "sell sells sold selling",
        "opt opts opted opting",
        "business businesses",
        "address addresses addressed",
        "control controls controlled controlling",
        "status statuses",
        "ad ads",
        "add adds added adding",
        "age ages aged aging",
        "owe owes owing",
        "basis bases",
        "criterion criteria",
        "analysis analyses",
        "bias biases biased",
        "API APIs",
        "choose chooses chose chosen choosing",
        "withdraw withdraws withdrew withdrawn withdrawing",
        "forget forgets forgot forgotten forgetting",
        "find finds found finding",
        "tie ties tied tying",
        "be am is are was were been being",
        "have has had having",
        "do does did done doing",
        "go goes went gone going",
        "life lives",
        "wife wives",
        "half halves",
        "knife knives",
        "exceed exceeds exceeded exceeding",
        "proceed proceeds proceeded",
        "succeed succeeds succeeded",
        "addendum addenda",
        "memorandum memoranda",
        "crisis crises",
        "hypothesis hypotheses",
        "matrix matrices",
        "see sees saw seen",
        "say says said",
        "speak spoke spoken",
        "hide hid hidden hiding",
        "forbid forbade forbidden",
        "spend spends spent",
        "free frees freed freeing",
        "sue sues sued suing",
        "stand stood",
        "think thought",
        "quiz quizzes",
        "mean means meant",
    ),
    "de": (
        "Interesse Interessen",
        "berechtigtes berechtigten berechtigte",
        "Konto Konten Kontos",
        "speichern speichert speicherte speicherten",
        "übermitteln übermittelt übermittelten",
        "nutzen nutzt nutzte",
        "erheben erhebt",
        "Zweck Zwecke Zwecken",
        "Grund Gründe Gründen",
        "Anspruch Ansprüche",
        "Land Länder Ländern",
        "Kind Kinder Kindern",
        "personenbezogene personenbezogener personenbezogenen",
    ),
    "fr": (
        "intérêt intérêts",
        "légitime légitimes",
        "donnée données",
        "légal légale légaux légales",
        "partager partage partageons partagé partagées",
        "collecter collectons collectée",
        "utiliser utilisons utilise utilisées",
        "créer créons",
        "modifier modifions",
        "numéro numéros",
        "photo photos",
        "média médias",
        "loi lois",
        "individu individus",
        "contenu contenus",
        "lieu lieux",
        "jeu jeux",
        "actif actifs active actives",
        "nouveau nouvelle nouveaux nouvelles",
        "bouton boutons",
        "raison raisons",
        "information informations",
        "travail travaux",
        "défini définis",
    ),
    "es": (
        "interés intereses",
        "legítimo legítimos legítima",
        "compartir compartimos",
        "dato datos",
        "imagen imágenes",
        "joven jóvenes",
        "vez veces",
        "voz voces",
        "margen márgenes",
        "enlace enlaces",
        "dirección direcciones",
        "técnico técnica técnicos técnicas",
        "móvil móviles",
        "clic clics",
        "web webs",
    ),
    "it": (
        "interesse interessi",
        "legittimo legittimi",
        "cookie cookies",
        "partner partners",
        "titolare titolari",
        "particolare particolari",
        "terzo terzi terza terze",
        "specifico specifici specifica specifiche",
        "luogo luoghi",
        "uso usi",
        "banner banners",
    ),
    "pt": (
        "interesse interesses",
        "legítimo legítimos legítima",
        "pessoal pessoais",
        "opção opções",
        "sensível sensíveis",
        "lei leis",
        "fim fins",
        "imagem imagens",
        "mensagem mensagens",
        "ordem ordens",
        "item itens",
        "papel papéis",
        "perfil perfis",
        "civil civis",
        "útil úteis",
        "difícil difíceis",
        "móvel móveis",
        "usuário usuária usuários usuárias",
        "mês meses",
        "link links",
    ),
    "nl": (
        "belang belangen",
        "gerechtvaardigd gerechtvaardigde",
        "kind kinderen",
        "adres adressen",
        "maatregel maatregelen",
        "grondslag grondslagen",
        "reden redenen",
        "grens grenzen",
        "categorie categorieën",
        "idee ideeën",
        "account accounts",
        "app apps",
        "persoonsgegeven persoonsgegevens",
        "anoniem anonieme",
        "openbaar openbare",
        "speciaal speciale",
        "individueel individuele",
        "functioneel functionele",
        "bepaald bepaalde",
        "verzamelen verzamelt verzameld verzamelde",
        "bewaren bewaart bewaard",
    ),
    "sv": (
        "intresse intressen",
        "barn barnet barnen",
        "land landet länder länderna",
        "intresse intresset intressena",
        "samtycke samtycket samtycken",
        "webbplats webbplatser webbplatsen",
        "partner partners",
        "konto konton kontot",
        "sälja säljer sålde",
        "uppgift uppgifter uppgifterna",
    ),
    "da": (
        "interesse interesser",
        "barn børn børnene",
        "rettighed rettigheder rettighederne",
        "konto konti kontoen",
        "legitim legitime legitimt",
        "oplysning oplysninger oplysningerne",
    ),
    "pl": (
        "interes interesy interesów",
        "partner partnerzy partnerów",
        "użytkownik użytkownicy użytkowników",
        "administrator administratorzy administratora",
        "dziecko dzieci dziećmi",
        "kraj kraje krajów",
        "zgoda zgody zgód",
        "umowa umowy umów",
        "polityka polityki polityce",
        "wniosek wnioski",
        "cookie cookies",
    ),
}
OTHER_WORDS = (
    "personal person", "us use", "police policy", "processor process", "user use", "news new", "its it",
    "secure security", "data date", "organ organization", "general generate", "this thi",
    "added ad", "added ads", "bases base", "owing ow",
)  # fmt: skip


@pytest.mark.parametrize(("language", "forms"), [(one, forms) for one in FORMS for forms in FORMS[one]])
def test_the_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stem(form.lower(), language) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", OTHER_WORDS)
def test_words_that_are_not_forms_of_one_word_have_two(pair: str) -> None:
    one, other = pair.split()
    assert stem(one, "en") != stem(other, "en")


@pytest.mark.parametrize(
    ("language", "pair"),
    [
        ("de", "Konzern Konzert"),
        ("fr", "bouton bout"),
        ("fr", "mois moi"),
        ("fr", "jetons jeter"),
        ("es", "enlace enlazar"),
        ("pt", "mais mal"),
        ("nl", "gegevens geven"),
    ],
)
def test_words_of_other_languages_that_are_not_forms_of_one_word_have_two(language: str, pair: str) -> None:
    assert len({stem(word.lower(), language) for word in pair.split()}) == 2


def test_every_language_with_inflections_is_tried() -> None:
    assert set(FORMS) == set(LANGUAGES)


@given(st.text(alphabet=st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=20), st.sampled_from(LANGUAGES))
def test_a_stem_is_one_word(word: str, language: str) -> None:
    assert stem(word, language).split() == [stem(word, language)]


def test_searches_in_several_threads_get_the_stems_that_one_gets() -> None:
    words = [f"{one}{two}isations" for one in string.ascii_lowercase for two in string.ascii_lowercase]
    alone = [stem.__wrapped__(word, "fr") for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            futures = [pool.submit(stem.__wrapped__, word, "fr") for word in words]
            assert [one.result() for one in futures] == alone
    finally:
        sys.setswitchinterval(interval)


SINGULAR = "# Policy\n\nOur legitimate interest is safety."
PLURAL = "# Policy\n\nOur legitimate interests are safety."
STEMS = "# Policy\n\nOur legitimately interesting safety."
NEITHER = "# Policy\n\nWe are safe."


def keep(database: Database, language: str = "en", **histories: list[str]) -> None:
    """Services, each with a capture a year from 2010 that shows a text."""
    with database.writing() as session:
        for name, texts in histories.items():
            service = a_service(session, name)
            source = a_source(session, service, f"http://{name}/")
            for year, text in enumerate(texts, 2010):
                a_capture(session, source, datetime(year, 1, 1, tzinfo=UTC), text)
            refresh(session, service.id, now=NOW)
        session.execute(update(TextRow).values(language=language))
        fulltext.index_missing(session)


def found(database: Database, query: str) -> list[int]:
    with database.reading() as session:
        return [hit.number for hit in search(session, query).hits]


def test_singular_and_plural_find_each_other_and_quotes_are_exact(database: Database) -> None:
    keep(database, one=[PLURAL, SINGULAR, NEITHER])
    assert found(database, "legitimate interest") == found(database, "legitimate interests") == [1, 2]
    assert found(database, "Legitimate INTERESTS") == [1, 2]
    assert found(database, '"legitimate interest"') == [2]
    assert found(database, '"legitimate interests"') == [1]
    assert found(database, "legitimate interest*") == [1, 2]
    assert found(database, "safety NOT legitimate interest") == []


def test_a_trend_counts_a_policy_in_whichever_form_it_says_it(database: Database) -> None:
    keep(database, one=[PLURAL], two=[SINGULAR], three=[NEITHER])
    with database.reading() as session:
        (series,) = terms(session, ["legitimate interest"])
    assert [(point.count, point.n) for point in series.points] == [(2, 3)]


def test_what_is_marked_is_the_form_that_stands_there(database: Database) -> None:
    keep(database, one=["# Policy\n\nWe care. Children have sold cookies to third parties."])
    with database.reading() as session:
        for query, marked in (("child", "Children"), ("sell cookie", "sold cookies"), ("third party", "third parties")):
            (hit,) = search(session, query).hits
            assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == [marked]


@pytest.mark.parametrize(
    ("language", "text", "query", "matches"),
    [
        ("de", "# Policy\n\nWir haben berechtigte Interessen daran.", "berechtigtes Interesse", True),
        ("fr", "# Policy\n\nNous avons des intérêts légitimes.", "intérêt légitime", True),
        ("en", "# Policy\n\nThe dates are kept.", "datos", False),
        ("es", "# Policy\n\nUsamos sus datos.", "dato", True),
        ("es", "# Policy\n\nTenemos intereses legítimos.", "interés legítimo", True),
        ("pt", "# Policy\n\nTratamos dados pessoais.", "dado pessoal", True),
        ("nl", "# Policy\n\nOns gerechtvaardigde belang.", "gerechtvaardigd belang", True),
        ("en", "# Policy\n\nThe legal bases are these.", "legal basis", True),
        ("und", "# Policy\n\nSome parties are here.", "party", False),
        ("und", "# Policy\n\nSome parties are here.", "parties", True),
        ("zh", "# Policy\n\n我们的隐私政策。", "隐私", True),
    ],
)
def test_a_text_is_read_in_its_own_language(
    database: Database, language: str, text: str, query: str, matches: bool
) -> None:
    keep(database, language, one=[text])
    assert found(database, query) == ([1] if matches else [])


def test_an_answer_says_what_more_a_star_would_find(database: Database) -> None:
    keep(database, one=["# A\n\nWe use a cookie.", "# A\n\nThe cookiebar.", "# A\n\nNo cookieless day."])
    with database.reading() as session:
        assert [(search(session, query).more) for query in ("cookie", "cookie*", '"cookie"')] == [2, 0, 0]
        assert search(session, "cookie", service="one").more == 2
        assert search(session, "crumb").more == 0


def test_every_text_that_is_not_indexed_is_however_many_there_are(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "_TEXTS_AT_ONCE", 2)
    with database.writing() as session:
        texts = [a_text(session, f"# A\n\nWe use {number} crumbs.") for number in range(5)]
        assert fulltext.not_indexed(session) == texts
        assert (fulltext.index_missing(session), fulltext.not_indexed(session)) == (5, [])


def test_since_when_says_what_the_first_version_known_said_and_names_the_breaks(database: Database) -> None:
    keep(
        database,
        one=[SINGULAR, NEITHER, PLURAL, STEMS],
        two=[NEITHER, SINGULAR],
        three=[SINGULAR, SINGULAR, NEITHER, PLURAL],
        four=[SINGULAR, PLURAL, PLURAL],
    )
    with database.reading() as session:
        about = search(session, '"our legitimate"').appearances
        one, two = about["one"], about["two"]
        assert (one.versions, one.of, one.from_the_first) == (2, 4, True)
        assert [(start.year, end.year) for start, end in one.breaks] == [(2010, 2012)]
        assert (two.from_the_first, two.breaks) == (False, ())
        [(last_seen, seen_again)] = about["three"].breaks
        assert (last_seen.year, seen_again.year) == (2011, 2013)
        assert (about["four"].breaks, about["four"].last_seen.year) == ((), 2012)
        later = search(session, '"our legitimate"', start=datetime(2012, 1, 1, tzinfo=UTC)).appearances["one"]
        assert (later.first_seen.year, later.from_the_first, later.breaks) == (2012, False, ())
        assert (later.versions, later.of) == (1, 2), "of the versions that were there then"


def test_search_prints_the_first_version_known_the_breaks_and_what_a_star_would_find(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(sqlite, one=[SINGULAR, NEITHER, PLURAL, STEMS])
    with pytest.raises(SystemExit):
        main(["--config", str(SAMPLE), "--data", str(tmp_path), "search", "legitimate interest", "--first"])
    printed = capsys.readouterr()
    first, hit = printed.out.splitlines()
    assert first == (
        "one: 2010-01-01 (the first version known) to 2012-01-01, in 2 of 4 versions, not 2010-01-01 to 2012-01-01"
    )
    assert hit.split()[:2] == ["1", "2010-01-01"]
    assert "[legitimate interest]" in hit
    assert printed.err == ""
    with pytest.raises(SystemExit):
        main(["--config", str(SAMPLE), "--data", str(tmp_path), "search", "legitimate"])
    assert capsys.readouterr().err == "harvester: 1 more version matches with a * after each phrase\n"
