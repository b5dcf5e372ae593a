"""The likelihood that a text is a privacy policy: from its headings, its subjects, and how it addresses its reader.

Three kinds of evidence, so that no one of them decides: a news article about privacy has the subjects without the
address, a welcome page the address without the subjects, a footer link or a title the name without either.
docs/quality.md has the rule in words and what it measures on real pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from math import exp

THRESHOLD = 0.5
"""A likelihood of at least this makes a text a policy."""

# What policies speak of, in the languages most are written in; phrases are matched as whole words in lower case.
SUBJECTS: dict[str, str] = {
    "privacy": "privacy policy|privacy statement|privacy notice|privacy practices|your privacy|privacy rights|"
    "vie privée|politique de confidentialité|datenschutz|datenschutzerklärung|privacidad|privacidade|"
    "informativa sulla privacy|tutela dei dati|privacybeleid|privacyverklaring|integritetspolicy|polityka prywatności",
    "personal data": "personal information|personal data|personally identifiable|personally identifying|"
    "identifiable information|personal details|données personnelles|à caractère personnel|"
    "personenbezogene|personenbezogenen|datos personales|de carácter personal|dati personali|dados pessoais|"
    "persoonsgegevens|persoonlijke gegevens|personuppgifter|dane osobowe|danych osobowych",
    "collection": "we collect|information collected|data collected|collection of|collects information|not collect|"
    "collect information|collect data|is collected|are collected|may collect|collecting|nous collectons|"
    "collectées|collecte|erheben|erhebung|erhoben|recopilamos|recopilación|recogemos|raccogliamo|raccolta|raccolti|"
    "coletamos|coleta|recolhemos|verzamelen|verzamelt|samlar in",
    "use": "we use|use the information|use of information|use your|use this information|use information|is used|"
    "used to|nous utilisons|utilisées|utilisons|verwenden|verarbeiten|verarbeitung|utilizamos|tratamiento|"
    "utilizziamo|trattamento|tratamento|gebruiken|verwerken|verwerking|använder",
    "sharing": "we share|share your|share information|shared with|not share|we disclose|disclose your|"
    "disclose personal|disclosed|disclosure|not sell|sell or rent|rent or sell|nous partageons|partager|communiquées|"
    "weitergabe|weitergegeben|übermittlung|übermittelt|compartimos|compartir|comunicare|condividiamo|"
    "compartilhamos|partilhamos|delen|delar",
    "third parties": "third parties|third party|tiers|dritte|dritten|terceros|terzi|terceiros|derden|tredje part",
    "cookies": "cookie|cookies",
    "logs": "ip address|ip addresses|log files|server logs|web server|log data|browser type|adresse ip|ip adresse|"
    "dirección ip|indirizzo ip|endereço ip|ip adres|ip adress",
    "tracking": "web beacons|web beacon|clear gifs|pixel|pixels|analytics|tracking technologies|statistics|traceurs|"
    "tracking",
    "choice": "opt out|opting out|unsubscribe|opt in|your choices|désinscrire|désabonner|widerspruch|widersprechen|"
    "widerrufen|darse de baja|oponerse|opposizione|opporsi|opor se|cancelar|bezwaar|afmelden",
    "consent": "consent|consentement|einwilligung|consentimiento|consenso|consentimento|toestemming|samtycke|zgoda",
    "security": "security measures|secure|security of|unauthorized access|unauthorised access|safeguard|safeguards|"
    "protect your|protecting|sécurité|sicherheit|seguridad|sicurezza|segurança|beveiliging|säkerhet",
    "children": "children under|under the age|age of 13|under 13|age of 18|under 18|coppa|children's|mineurs|"
    "minderjährige|menores|minori|minderjarigen",
    "this policy": "this policy|this privacy|this statement|this notice|our policy|our policies|our privacy|"
    "présente politique|cette politique|diese datenschutzerklärung|dieser datenschutzerklärung|esta política|"
    "la presente informativa|questa informativa|dit beleid|deze verklaring",
    "changes": "changes to this|changes to our|update this|modify this|change this|changes in our|reserve the right|"
    "right to change|revise this|modifier|mise à jour|änderungen|modificar|modifiche|alterações|"
    "wijzigingen|wijzigen",
    "dates": "last updated|effective date|last modified|last revised|date of last|effective as of|dernière mise à jour|"
    "zuletzt aktualisiert|stand|última actualización|ultimo aggiornamento|última atualização|laatst bijgewerkt",
    "what is given": "your information|your data|information you provide|you provide|information about you|"
    "your personal|provided by you|submit|vos données|ihre daten|ihrer daten|sus datos|tus datos|i tuoi dati|"
    "i suoi dati|seus dados|uw gegevens|je gegevens|dina uppgifter",
    "identifiers": "email address|email addresses|e mail address|e mail addresses|your name|name address|phone number|"
    "telephone number|postal address|credit card|adresse e mail|adresse électronique|e mail adresse|"
    "correo electrónico|indirizzo email|indirizzo e mail|endereço de|e mailadres|e postadress",
    "contact": "contact us|please contact|questions about|questions regarding|any questions|contactez|contacter|"
    "kontaktieren|contacto|contattare|contatto|contato|contacte|neem contact|kontakta",
    "law": "law enforcement|required by law|court order|subpoena|legal obligation|legal obligations|applicable law|"
    "legal process|comply with|applicable laws|obligation légale|loi|gesetzlich|rechtsgrundlage|obligación legal|"
    "obbligo di legge|obrigação legal|wettelijke|lag",
    "rights": "your rights|right to access|right to object|access your|correct your|delete your|erasure|"
    "rectification|access to your|update your|vos droits|droit d|ihre rechte|recht auf|sus derechos|derecho|"
    "diritto|diritti|seus direitos|direito|uw rechten|recht op|rättigheter",
    "regulation": "data controller|data protection|gdpr|legitimate interest|legitimate interests|retention|we retain|"
    "ccpa|california|european union|rgpd|dsgvo|responsable du traitement|verantwortlicher|responsable del tratamiento|"
    "titolare del trattamento|avg|verwerkingsverantwoordelijke",
    "agreement": "by using|by accessing|use of this|use of our|your use|en utilisant|durch die nutzung|al utilizar|"
    "utilizzando|ao utilizar|ao usar|door gebruik",
    "advertising": "advertisers|advertising|advertisements|marketing|publicité|werbung|publicidad|pubblicità|"
    "publicidade|reclame",
    "the site": "our site|our website|our web site|this website|this site|this web site|our services|the services|"
    "the site|the website|our service|our products|notre site|nos services|unsere website|unsere dienste|"
    "nuestro sitio|nuestros servicios|nostro sito|nostri servizi|nosso site|nossos serviços|onze website|"
    "onze diensten",
}
_Phrase = tuple[str, ...]
_SUBJECT_OF: dict[_Phrase, str] = {
    tuple(phrase.split()): subject for subject, phrases in SUBJECTS.items() for phrase in phrases.split("|")
}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOCABULARY = _listed(
    "privacy policy personal personally identifiable information data cookie cookies collect collected collects "
    "collection disclose disclosed disclosure consent parties email browser unsubscribe site website "
    "confidentialité données personnelles traitement collecte informations personenbezogene personenbezogenen daten "
    "datenschutz verarbeitung einwilligung datos personales tratamiento privacidad información dati personali "
    "trattamento informativa dados pessoais tratamento privacidade informações persoonsgegevens gegevens"
)
_WE = _listed(
    "we our us nous notre nos wir uns unsere unserer nosotros nuestro nuestra nuestros noi nostro nostri "
    "nós nosso nossa wij onze ons vi vår våra"
)
_YOU = _listed(
    "you your yours users user visitors vous votre vos sie ihre ihren ihrer usted su sus tu tus lei suo "
    "suoi você seu seus u uw je jij du din dina"
)
_REPORT = _listed("my myself i'm i've i'd said says told according asked wrote")
"""Words of those who tell and report; "I" is left out, since it is a common word of five languages."""
_NAMES_LISTED = (
    "privacy policy|privacy statement|privacy notice|privacy policies|policy of privacy|privacy rights|privacy|"
    "cookie policy|data protection|data policy|politique de confidentialité|politique de protection|vie privée|"
    "protection des données|datenschutz|datenschutzerklärung|política de privacidad|política de privacidade|"
    "informativa privacy|informativa sulla privacy|privacybeleid|privacyverklaring|integritetspolicy"
)
_NAMES: frozenset[_Phrase] = frozenset(tuple(name.split()) for name in _NAMES_LISTED.split("|"))
_SINGLE = frozenset(phrase[0] for phrase in (*_SUBJECT_OF, *_NAMES) if len(phrase) == 1)
_LENGTHS: dict[str, dict[str, set[int]]] = {}
"""The lengths of the longer phrases, by their first word and their second."""
for _phrase in (*_SUBJECT_OF, *_NAMES):
    if len(_phrase) > 1:
        _LENGTHS.setdefault(_phrase[0], {}).setdefault(_phrase[1], set()).add(len(_phrase))
_OPENING = 40
"""Words at the beginning of a text that may contain a policy's own heading, if the page's title has none."""


_DAMPING = 50
"""Words added to every count of words, so that two lucky words do not make a policy of a line."""
_WEIGHTS = (4.0, 0.45, 0.3, 1.2, -1.5)
_BIAS = -4.4
"""Set by hand between the weakest real policy and the strongest article; docs/quality.md shows both."""


def likelihood(title_words: Sequence[str], words: Sequence[str], counts: Mapping[str, int]) -> float:
    """Return how like a privacy policy a text is, from 0 to 1; words in lower case, as from `prose.words`.

    `counts` says how often each of `words` stands among them.
    """
    found = features(title_words, words, counts)
    evidence = sum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True))
    return round(1 / (1 + exp(-(evidence + _BIAS))), 4)


def features(
    title_words: Sequence[str], words: Sequence[str], counts: Mapping[str, int]
) -> tuple[float, float, float, float, float]:
    """Return subjects covered (share), vocabulary, address, name (0.5 in the opening, 1 in the title), and report.

    Vocabulary, address and report are words per 100, capped.
    """
    spoken = {_SUBJECT_OF[phrase] for phrase in _phrases(words) & _SUBJECT_OF.keys()}
    subjects = len(spoken) / len(SUBJECTS)
    total = len(words) + _DAMPING
    vocabulary = sum(counts[word] for word in _VOCABULARY if word in counts) * 100 / total
    we = sum(counts[word] for word in _WE if word in counts) * 100 / total
    you = sum(counts[word] for word in _YOU if word in counts) * 100 / total
    name = 0.0
    if _phrases(title_words) & _NAMES:
        name = 1.0
    elif _phrases(words[:_OPENING]) & _NAMES:
        name = 0.5
    report = sum(counts[word] for word in _REPORT if word in counts) * 100 / total
    return subjects, min(vocabulary, 12.0), min(we, you, 5.0), name, min(report, 2.0)


def _phrases(words: Sequence[str]) -> set[_Phrase]:
    """Return the phrases of one word, and the runs of words that begin like a longer one and are as long."""
    found: set[_Phrase] = {(word,) for word in _SINGLE.intersection(words)}
    for at in compress(range(len(words) - 1), map(_LENGTHS.__contains__, words)):
        for length in _LENGTHS[words[at]].get(words[at + 1], ()):
            found.add(tuple(words[at : at + length]))
    return found
