"""SimHash: equal words give equal hashes, light edits near ones, other texts far ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner.quality.simhash import BITS, hamming, simhash

POLICY_TEXT = (
    "we collect your name and your address when you register with us and we use them to answer your questions to send "
    "you the goods that you ordered and to tell you about changes of our services you may object at any time by "
    "writing to the address given below we keep server logs with the address of your computer for thirty days and "
    "then delete them our partners get statistics only and never your name or address cookies are used to keep you "
    "signed in and you can refuse them in your browser children may use the site only with the consent of a parent"
)
OTHER_TEXT = (
    "the harvest of this year was the largest since records began said the ministry on monday after a wet spring and "
    "a long dry summer farmers in the north had feared that storms in august would spoil the wheat but the weather "
    "held and most of the fields were cut before the first rain of september prices fell at once on the exchange"
)
POLICY, OTHER = POLICY_TEXT.split(), OTHER_TEXT.split()


def test_the_hash_of_a_text_is_fixed_for_ever() -> None:
    """Hashes are stored: another machine, or a later version, must compute the same."""
    assert simhash(POLICY) == 0xE6F182F0C85C8736


def test_one_changed_word_is_near_and_another_text_is_far() -> None:
    edited = ["sixty" if word == "thirty" else word for word in POLICY]
    assert edited != POLICY
    assert hamming(simhash(POLICY), simhash(edited)) <= 8, "the distance that docs/quality.md calls near"
    assert hamming(simhash(POLICY), simhash(OTHER)) > 16


def test_the_columns_vote_as_single_bits_would() -> None:
    """Against the textbook's loop over bits, on hashes taken from one-shingle texts."""
    triples = {tuple(POLICY[at : at + 3]) for at in range(len(POLICY) - 2)}
    hashes = [simhash(triple) for triple in triples]
    votes = [sum(1 if value >> bit & 1 else -1 for value in hashes) for bit in range(BITS)]
    assert simhash(POLICY) == sum(1 << bit for bit, vote in enumerate(votes) if vote > 0)


@given(st.lists(st.text(max_size=8), max_size=30))
def test_any_words_give_64_bits(words: list[str]) -> None:
    value = simhash(words)
    assert 0 <= value < 1 << BITS
    assert hamming(value, value) == 0


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_hamming_is_a_distance(a: int, b: int, c: int) -> None:
    assert hamming(a, b) == hamming(b, a)
    assert (hamming(a, b) == 0) == (a == b)
    assert hamming(a, c) <= hamming(a, b) + hamming(b, c)
