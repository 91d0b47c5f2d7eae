"""Function words (« le », « de », « l’ »), which every text holds and no search asks for.

An index that held them would be twice as heavy. So that they are still read around what is found,
each is one sign in it, of Unicode's private area, which is no letter to a search.
"""

import re

_WORDS = (
    "à a ai au aux avec ce ces cet cette dans de des donc du elle elles en est et eux il ils je la "
    "le les leur leurs lui ma mais me mes mon ne ni nos notre nous on ont ou où par pas plus pour "
    "qu que qui sa sans se ses si son sont sous sur te tu un une vos votre vous y "
    "c’ d’ j’ l’ m’ n’ s’ t’ qu’"
)
FUNCTION_WORDS = tuple(_WORDS.split())
"""The words, in the order of their signs. Elided ones end with their apostrophe."""

_FIRST_SIGN = 0xE000
_SIGNS = {
    form: chr(_FIRST_SIGN + 2 * place + is_capital)
    for place, word in enumerate(FUNCTION_WORDS)
    for is_capital, form in enumerate((word, word[0].upper() + word[1:]))
}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# An elided word is part of the next one; any other stands alone, not in « vis-à-vis ».
_WORD = re.compile(
    rf"(?<![\w’'-])(?:(?:{'|'.join(e for e in _SIGNS if e[-1] == '’')})(?=\w)"
    rf"|(?:{'|'.join(w for w in _SIGNS if w[-1] != '’')})(?![\w’'-]))"
)


def veiled(text: str) -> str:
    """Return a text with a sign in the place of each function word.

    A space follows that of an elided word, which makes a word of the next one. Signs of the private
    area that the text holds are left out.
    """
    return _WORD.sub(_sign, _PRIVATE.sub("", text))


def _sign(found: re.Match[str]) -> str:
    word = found[0]
    return f"{_SIGNS[word]} " if word.endswith("’") else _SIGNS[word]
