"""Blocks that a page's scripts, shop or software write, by their whole text: counters, ages, clocks, promotions.

A server or script writes them again for each reader or each day. A pattern covers the whole block, in lower case
without the marks at its ends; what is not certain by its form alone must hold no word of a policy, and some of it
stand above or below all its sentences.
"""

from __future__ import annotations

import re

from harvester.diffing.around.labels.ages import AGES, DAYS, UPDATED, UPDATED_BEHIND

_BY_SOMEBODY = r" by [^\W\d_]+(?: [^\W\d_]+){0,2}"
_NUMBER = r"\d[\d.,\s]*(?:[km]|tsd\.?|mio\.?|mil|тыс\.?|万|萬|만)?(?!\w)"
_FOUND = r"(?:people )?(?:found|fanden|ont trouvé|personas|personnes|pessoas|utenti|vonden|users|readers)\b.*"
_MINUTES = r"\d+ ?-?\s?(?:min|mins|minutes?|minuten|minutos|minuti|мин\w*|dakika|分)\.?"
_READERS = (
    r"(?:users?|guests?|members?|visitors?|gäste|besucher|benutzer|utilisateurs|visiteurs|invités|usuarios|visitantes"
    r"|utenti|ospiti|gości|пользовател\w+|гост\w+|посетител\w+)"
)
_NETWORKS = (
    r"(?:share|shares|tweet|tweets|pin|pins|like|likes|follow|followers|email|print|facebook|twitter|x|pinterest"
    r"|linkedin|instagram|youtube|tiktok|threads|reddit|whatsapp|telegram|tumblr|rss|e-mail|teilen|twittern|partager"
    r"|tweeter|compartir|twittear|condividi|partilhar|compartilhar|delen|udostępnij|dela)"
)
_SHORT_NUMBER = r"\d[\d.,]*[km]?"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


COUNTERS = _any(
    # What is drawn by lot for a reader or an answer: the number of a consent, a request, a trace.
    r"[^.!?]{2,60}?(?: ?[:：] ?| is | )(?=(?:[0-9-]*[a-f]){3})(?=(?:[a-f-]*\d){4})[0-9a-f]{8}[0-9a-f-]{8,}",
    rf"{UPDATED}(?:{'|'.join(AGES)}){UPDATED_BEHIND}",
    rf"{UPDATED[:-1]}{DAYS}|{DAYS}{UPDATED_BEHIND[:-1]}",
    rf"(?!.* (?:by|and) (?:our|us|you|your|third|partners?)\b)(?:last )?(?:updated|modified|edited) ?:?"
    rf" (?:(?:about |over |almost |more than )?{AGES[0]}|{DAYS}){_BY_SOMEBODY}",
    rf"(?:written by |by )?[^.!?]{{1,40}}?(?: ?[·|•–-] ?|\. )(?:last )?(?:updated|modified|edited|posted)"
    rf" (?:about |over |almost |more than )?(?:{'|'.join(AGES)})",
    r"printed (?:from|on) .*",
    rf"\d[\d.,\s]* (?:out of|of|von|sur|de|di|van|av|z|из) \d[\d.,\s]* {_FOUND}",
    r"(?:this (?:page|article) (?:has been|was) )?(?:viewed|views|visits|hits|page views|seen)"
    r" ?:? \d[\d.,\s]*(?: times)?",
    rf"{_NUMBER} (?:people|persons?|users?|others) (?:like|liked|follow|recommend) this",
    rf"{_NUMBER} ?(?:views|visits|visitors|hits|comments?|shares|likes|vues|aufrufe|visitas|visualizzazioni"
    r"|commentaires|kommentare|comentarios|commenti|comentários|просмотр\w+|комментари\w+)",
    rf"(?:estimated )?{_MINUTES} (?:read|reading(?: time)?|lesezeit|de lecture|de lectura|di lettura|de leitura"
    r"|leestijd|чтения|okuma)",
    r"(?:(?:estimated |average )?reading time|(?:geschätzte )?lesezeit|(?:temps de )?lecture(?: estimée?)?"
    r"|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|время чтения)"
    rf" ?:? (?:about |ca\.? )?{_MINUTES}",
    r"(?:この(?:記事|ページ)は ?)?(?:約|约)? ?[\d,.]+ ?(?:分で読めます|次阅读|次閱讀)|阅读量 ?:? ?[\d,.]+",
    rf"(?:there (?:are|is) )?(?:currently |now )?{_NUMBER} ?(?:\w+ )?{_READERS}(?: (?:and|und|et|y|e|i|и) {_NUMBER} "
    rf"?{_READERS})*(?: are)?(?: currently| now)? (?:online|viewing this (?:page|topic)|en ligne|en línea|на сайте)"
    r"(?: now| jetzt)?",
    rf"(?:total |unique |all |page )*(?:{_READERS}|online|views|visits|visitas|visites|hits|просмотров"
    r"|访问量|浏览量|訪問者数|조회수|방문자)"
    rf"(?: (?:online|today|total|so far|heute|gesamt|сегодня|всего))* ?:? {_NUMBER}"
    rf"(?: ?[|,/·] ?\w+(?: \w+)? ?:? {_NUMBER})*",
    rf"(?:сейчас )?(?:на сайте|онлайн) ?:? {_NUMBER}",
    rf"you are (?:the )?(?:visitor|guest|user) (?:number |no\.? |# ?)?{_NUMBER}",
    rf"(?=.*\d)(?:(?:share|teilen|partager|compartir|condividi|delen) ?:? )?"
    rf"(?:{_NETWORKS}(?: it| this)?(?: {_SHORT_NUMBER})?(?: ?[|·,])? ?)+",
    rf"(?:posted |written |published )?by .{{1,40}}?(?: in .{{1,40}}?)? ?[|·•] ?{_NUMBER} ?comments?",
    r"(?:was|is) this (?:article |page |answer |information )?(?:helpful|useful)\W*(?:yes|no|\W|\d)+",
    rf"(?:(?:average |user |overall )?(?:rating|bewertung|valoración|valutazione|avaliação|ocena|рейтинг) ?:? )?"
    rf"(?:[★☆⭐ ]+)?\d[\d.,]*(?: ?(?:/|out of|von|sur|de|su) ?(?:5|10))? ?\(? ?{_NUMBER} ?"
    r"(?:votes?|ratings?|reviews?|stimmen|bewertungen|avis|votos|opiniones|recensioni|avaliações|голос\w+|оцен\w+"
    r"|отзыв\w+) ?\)?",
    r"(?:follow us|find us|connect with us|folgen sie uns|suivez-nous|síguenos|seguici|siga-nos|volg ons"
    r"|(?:share|teilen|partager|compartir|condividi|compartilhar|delen)(?: this)?(?: page| article| post)?)"
    rf"(?: (?:on|via|auf|sur|en|su|op))?(?:\W*(?!share ?s?\b){_NETWORKS}\b(?:\W+(?:and|und|et|y|e|en))?)+",
)
"""Counts, ages and marks that readers leave; rows of names of other sites."""

# In ASCII without a digit a counter is an age in words, a question or a row of names.
_BEGIN_WITHOUT_DIGIT = (
    *("printed", "was this", "is this", "follow us", "find us", "connect with us", "folgen sie uns", "suivez-nous"),
    *("seguici", "siga-nos", "volg ons", "share", "teilen", "partager", "compartir", "condividi", "compartilhar"),
    *("delen", "updated", "last ", "modified", "edited", "posted", "published", "this ", "aktualisiert", "actualizado"),
    *("aggiornato", "atualizado", "bijgewerkt", "opdateret", "oppdatert", "zaktualizowano", "heute ", "gestern "),
    *("vandaag ", "gisteren ", "bugün "),
)
_AGES_IN_WORDS = (" ago", "vor ", "il y a ", "hace ", " fa", " geleden", " temu", " sedan", " siden")
DIGIT = re.compile(r"\d")


def is_counter(said: str) -> bool:
    """Return whether a whole text is a counter."""
    may_be_one = (
        not said.isascii()
        or DIGIT.search(said)
        or said.startswith(_BEGIN_WITHOUT_DIGIT)
        or any(map(said.__contains__, _AGES_IN_WORDS))
    )
    return bool(may_be_one) and COUNTERS.fullmatch(said) is not None


OF_THE_SERVER = _any(
    r"(?:this )?(?:page|seite|página|pagina|страница)(?: was)?(?: (?:generated|rendered|created|loaded|served|built"
    r"|générée|generada|generata|gerada|сгенерирована|создана))? (?:in|en|em|за) [\d.,]+ ?(?:s|secs?|seconds?|ms"
    r"|sekunden?|secondes?|segundos?|secondi|сек\w*)\b(?: (?:generiert|geladen|erstellt|erzeugt))?"
    r"(?:[.,;| ]+\d+ .{0,30}quer\w+.{0,20})?",
    r"(?:execution|script|page load|load) time ?:? [\d.,]+ ?\w+|this page took [\d.,]+ \w+ to (?:load|render|generate)",
    r"\{% ?[^{}%]{1,80}%\}|<%=? ?[^<>%]{1,80}%>?",
    r"(?:php )?(?:fatal error|parse error|warning|notice|deprecated|strict standards) ?: .* on line \d+",
    r"(?:sql )?queries ?:? \d+(?: ?[|,;] ?\w+ ?:? [\d.,]+ ?\w*)*|page \d+ (?:of|von|sur|de|di|van|из) \d+",
    r"(?:build|revision|rev|commit) (?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{6,}|ref ?: ?[\d-]{6,}",
    r"(?:your browser|ihr browser|votre navigateur|su navegador)\b.{0,20}(?:is|ist|est|está) (?:out of date|outdated"
    r"|not supported|no longer supported|veraltet|obsolète|desactualizado)\b.{0,60}",
    r"java ?script (?:is|seems to be|appears to be) (?:disabled|turned off|required)\b.{0,60}",
    r"(?:select|choose|change) (?:your )?(?:country|region|location|store)(?: ?: ?.{2,30})?",
    r"(?:ad|anzeige|sponsored) ?[:–-] .{3,100}",
    r"(?:last|letzter|dernière|último|ultimo) (?:log ?in|connexion|acceso|accesso) ?:? (?=.*\d).{4,40}",
    r"(?:session|request|trace|ray|visitor|build|correlation|incident|node)(?: ?(?:id|number|no|key|token))? ?[:#] ?"
    r"(?=\S*\d)[\w-]{4,}",
    r"(?:proudly )?powered by .{1,60}|(?:theme|template|skin)(?:d|ed)?(?: by|:) .{1,40}"
    r"|best viewed (?:with|in) .{1,60}",
    r"(?:live )?chat (?:is )?(?:now |currently )?(?:on|off)line|(?:need help\? ?)?chat (?:now|with us)",
    r"(?:security question ?:? ?|captcha ?:? ?)(?:what is|wie viel ist|combien font|cuánto es|quanto fa)?.{0,12}\d+ ?"
    r"[+×x*–-] ?\d+.{0,6}",
    r"(?:what is|wie viel ist|combien font|cuánto es|quanto fa) \d+ ?[+×x*–-] ?\d+.{0,6}",
    r"(?:please )?(?:enter|type) the (?:code|characters|letters|words?) (?:shown|above|below|you see|in the)"
    r".{0,36}",
    r"(?:today is|today's date(?: is)?|heute ist(?: der)?|nous sommes(?: le)?|hoy es|oggi è|hoje é|сегодня|bugün) ?:? "
    r"(?=.*\d).{4,40}",
    r"(?:current|local|server) (?:time|date and time)(?: is)? ?:? (?=.*\d).{3,30}",
    r"(?:all times are .{1,20}[.,] )?(?:the )?time (?:is )?now(?: is)? ?:? (?=.*\d).{3,30}"
    r"|all times are (?:gmt|utc).{0,16}",
    r"(?:your|letzter|ihr letzter) (?:last visit|besuch)(?: was)? ?:? (?=.*\d).{4,40}|you last visited ?:? .{4,40}",
    r"(?:welcome|hello|hi|hallo|willkommen|bienvenue|bonjour|bienvenid[oa]|hola|benvenut[oa]|olá|bem-vindo|witaj"
    r"|добро пожаловать|здравствуйте|hoş geldiniz)(?: back)?\W+(?:guest|visitor|gast|invité|visiteur|invitado|ospite"
    r"|visitante|gościu|гость|misafir)\b(?:\W+(?:please )?(?:log|sign) ?in.{0,30})?",
    r"(?:you are )?(?:not logged in|logged in as .{1,30})",
    # What a form answers.
    r"(?:(?:thank you|thanks)[!.,] )?(?:your|the) (?:message|form|request|submission|enquiry|inquiry|e-?mail)"
    r" (?:was|has been) (?:sent|submitted|received) successfully(?:[!.:]? \[?(?:close|ok|x)\]?)?",
    r"you(?:'ve| have|'re| are) (?:been )?(?:now )?successfully (?:un)?subscribed(?:[!.:]? (?:close|ok|x))?",
    r"(?:vielen dank[!.,] )?(?:ihre|deine|die) (?:nachricht|anfrage|e-mail) wurde erfolgreich (?:gesendet|versendet"
    r"|übermittelt|verschickt)|(?:merci[!.,] )?votre (?:message|demande|e-?mail) a (?:bien été|été bien) envoyée?",
    r"(?:gracias[!.,] )?(?:su|tu) (?:mensaje|solicitud) (?:se ha|ha sido) enviad[oa] (?:con éxito|correctamente)"
    r"|(?:grazie[!.,] )?il (?:tuo|suo) messaggio è stato inviato (?:con successo|correttamente)",
    r"(?:currency|währung|devise|moneda|valuta|moeda|waluta|валюта) ?:? ?[a-z]{3}(?: ?[$€£¥₹₽])?",
    r"[a-z]{3} ?[$€£¥₹₽]+(?: ?[|/·,] ?[a-z]{3} ?[$€£¥₹₽]+)+",
    r"(?:previous|prev|next|older|newer|zurück|weiter|précédent|suivant|anterior|siguiente|precedente|successivo"
    r"|próximo|vorige|volgende|назад|далее)(?: (?:article|post|page|entry))? ?[:→←] .{1,60}",
    # What a site of documents tells programs that read it.
    r"(?=.*llms)(?!.*\b(?:we|our|your)\b)[^.!?]{0,80}\S*\bllms(?:-full)?\.txt\b.{0,80}|(?:# ?)*documentation index"
    r"|use this file to discover [^.!?]{3,60}",
)
"""What the software of a site writes: clocks, greetings, numbers of sessions, questions for robots."""

_SIZE = r"(?: ?[\[(]?(?:pdf|docx?|word)?[,;: ]*(?:\d[\d.,]* ?(?:[km]i?b|[km]o|кб|мб))?[\])]?)?"
ACTIONS = _any(
    rf"(?:print|download|save|share|e-?mail) (?:a copy of )?(?:(?:this|the|our|full) )*(?:page|article|pdf"
    rf"|(?:privacy |cookie )?(?:policy|notice|statement|document))(?: (?:as|in|to) (?:a )?(?:pdf|friend))?{_SIZE}",
    rf"(?:(?:diese|die|unsere|dieses|das) )?(?:seite|datenschutz(?:erklärung|hinweise)|dokument|pdf)(?: als pdf)?"
    rf" (?:drucken|herunterladen|speichern|teilen){_SIZE}",
    rf"(?:imprimer|télécharger|enregistrer|partager) (?:cette |la |le |ce |notre )?(?:page|document|pdf"
    rf"|politique(?: de confidentialité)?)(?: (?:en|au format) pdf)?{_SIZE}",
    rf"(?:imprimir|descargar|guardar|compartir|baixar|descarregar|partilhar|compartilhar) (?:est[ae] |la |el |a |o )?"
    rf"(?:página|documento|pdf|política(?: de privaci?da(?:d|de))?)(?: em? ?n? pdf)?{_SIZE}",
    rf"(?:stampa|scarica|salva|condividi) (?:questa |questo |la |il |l')?(?:pagina|documento|pdf"
    rf"|informativa(?: sulla privacy)?)(?: in pdf)?{_SIZE}",
    rf"(?:(?:deze|dit|de|het) )?(?:pagina|document|privacyverklaring|pdf)(?: als pdf)?"
    rf" (?:afdrukken|printen|downloaden|delen){_SIZE}",
    r"(?:(?:go|get|jump|scroll|back|return) )+(?:to )?(?:the )?top(?: of (?:the |this )?page)?",
    r"(?:zurück )?(?:zum (?:seiten)?anfang|nach oben)(?: der seite)?|retour(?:ner|nez)? (?:en|au|vers le) haut"
    r"(?: de (?:la )?page)?|volver (?:al )?(?:inicio|arriba|principio)(?: de (?:la )?página)?",
    r"torna (?:su|in alto|all'inizio)(?: della pagina)?|voltar (?:ao|para o) (?:topo|início)(?: da página)?"
    r"|(?:terug )?naar (?:boven|het begin)(?: van (?:de|deze) pagina)?",
    r"(?:(?:skip|jump|go)(?: directly)? to (?:the )?(?:main )?(?:content|navigation|footer|menu|search) ?)+",
    r"(?:direkt )?zu[mr] (?:haupt)?(?:inhalt|navigation|menü|fußzeile|suche)(?: (?:springen|wechseln))?"
    r"|(?:aller|passer)(?: directement)? au (?:contenu|menu)(?: principal)?",
    r"(?:saltar|ir|pasar|pular)(?: directamente)? (?:al|para o|ao) (?:contenido|menú|conteúdo|menu)(?: principal)?"
    r"|(?:vai|salta|passa)(?: direttamente)? al (?:contenuto|menu)(?: principale)?",
    r"(?:ga )?(?:direct )?naar (?:de )?(?:hoofd)?inhoud|(?:przejdź|skocz) do (?:treści|menu)"
    r"|gå (?:direkt )?till (?:huvud)?innehåll(?:et)?|перейти к (?:содержанию|содержимому|контенту)",
    r"(?:did|does) (?:this|that)(?: page| article| answer| information)? (?:answer your questions?|help(?: you)?"
    r"|solve your (?:problem|issue))",
    r"(?:share|leave|give us|send us) (?:your |some )?feedback|thank(?:s| you)(?: very much)?"
    r" for (?:sharing |sending us )?(?:your|the) feedback|(?:vielen )?danke? für (?:ihr|dein) feedback"
    r"|merci pour (?:votre|vos) (?:retours?|commentaires?)|gracias por (?:tu|tus|su|sus) (?:opinión|comentarios?)"
    r"|grazie per il (?:tuo|suo) feedback",
    r"did you find (?:(?:this|the)(?: page| article| answer| information| section| summary)?"
    r" (?:helpful|useful)|what you"
    r" (?:needed|were looking for))|how helpful was this(?: page| article)?",
    r"did you (?:get|find) the (?:help|answers?|information) (?:that )?you (?:needed|wanted|were looking for)"
    r"|haben sie die (?:gewünschte|benötigte|gesuchte) (?:hilfe|antwort|information) (?:erhalten|gefunden)"
    r"|avez-vous (?:trouvé|obtenu) (?:l'aide|la réponse|l'information) (?:dont vous aviez besoin|que vous cherchiez)",
    r"wurde ihre frage beantwortet|hat ihnen (?:das|dieser artikel|diese seite) (?:weiter)?geholfen"
    r"|haben sie gefunden, (?:was|wonach) sie gesucht haben",
    r"avez-vous trouvé (?:ce que vous cherchiez|la réponse à votre question|cette page utile)"
    r"|¿.{2,30} (?:útil|lo que buscabas?|tu pregunta|su pregunta)",
    r"(?:questa pagina|questo articolo)(?: ti| le)? è stat[oa] utile|hai trovato quello che cercavi"
    r"|heeft u gevonden wat u zocht|(?:was|is) (?:dit artikel|deze pagina) nuttig",
    r"(?:wy)?drukuj (?:tę )?stronę|(?:рас)?печатать (?:эту )?страницу|роздрукувати (?:цю )?сторінку"
    r"|(?:bu )?sayfayı yazdır"
    r"|skriv ut (?:den här |denne |denna )?sid[ae]n?|udskriv (?:denne )?side|tulosta (?:tämä )?sivu"
    r"|vytisknout (?:tuto )?stránku|εκτύπωση (?:της |αυτής της )?σελίδας|cetak halaman(?: ini)?|in trang này",
    r"(?:この|本)?ページを印刷(?:する)?|打印(?:本|此|该)?(?:页面?|网页)"
    r"|列印(?:本|此)?(?:頁面?|網頁)|(?:이 )?페이지 (?:인쇄|출력)(?:하기)?"
    r"|طباعة (?:هذه )?الصفحة|(?:הדפסת|הדפס) (?:ה?עמוד|ה?דף)(?: זה| הזה)?|พิมพ์หน้านี้|(?:यह|इस) पृष्ठ (?:को )?प्रिंट करें",
    r"search (?:for|this (?:site|website|page))|suche nach|(?:auf dieser seite|website durchsuchen)"
    r"|rechercher sur le site",
    rf"(?:shared|liked|saved|printed|downloaded|watched|played|bookmarked) {_SHORT_NUMBER} times?",
)
"""What a reader can do with the page, and what the site asks about it: its words name the page, not the company."""

_NEWSLETTER = (
    r"(?:subscribe|sign up|join|register|abonnez-vous|inscrivez-vous|jetzt|melden sie sich|abonnieren sie"
    r"|suscríbe[^\W\d]+|iscriviti|inscreva-se|assine|schrijf je in|meld je aan|zapisz się|подпишитесь|newsletter)\b"
    r"(?!.*(?:\d|\bkeep|\bkept|\bstore|\bdelet)).{0,40}\b(?:newsletter|mailing list|nieuwsbrief|boletín|рассылк\w+"
    r"|biuletyn\w*|abonnieren|bestellen|anmelden|anmeldung|sign-?up|subscription)\b.{0,50}"
)
BOXES = _any(
    _NEWSLETTER,
    r"(?:enter|type) your e-?mail(?: address)?(?: (?:to|for|below|here)\b.{0,50})?",
    r"(?:tip|fact|quote|word|joke|photo|deal|offer|product) of the (?:day|week|month)\b.{0,80}",
    r"(?:tipp|spruch|zitat|frage|angebot) (?:des|der) (?:tages|woche)\b.{0,80}",
    r"(?:astuce|citation|photo) du jour\b.{0,80}|(?:consejo|frase|oferta) del día\b.{0,80}",
    r"we(?:'re| are) (?:currently |now )?hiring\b.{0,60}",
    r"(?:get started|sign up|start|try (?:it|us)?)(?: now| today)? ?(?:for free|free|now|today)?"
    r"(?:,? or (?:request|book|schedule|get) an? demo)(?: to (?:discuss|see|talk about)\b[^.,;:\d]{0,40})?"
    r"|(?:are you )?ready to (?:get started|try it)(?: for free)?",
    r"\".{20,}\" ?[–-] ?[^.,\"]{2,40}(?:, [^.,\"]{2,40})?",
)
"""Boxes of a site that hold no word of a policy: newsletters, tips, jobs, praise with a name behind it."""

BYLINES = re.compile(
    r"(?:(?:written|posted|submitted|created|geschrieben|verfasst|erstellt|écrit|rédigé|posté|escrito|creado|scritto"
    r"|creato|criado|geschreven|geplaatst|skrevet|skriven|skapad|napisane|napisany|utworzony)"
    r"(?: (?:by|von|par|por|da|door|av|af|przez)| ?:)|автор|написано|yazan) ?:? (?P<name>[^\d.,:;!?|]{2,40}?)"
    r"(?:(?: on| am| le| el| il| op| den| dnia)?[ ,|·–-]+(?=.*\b\d{4}\b)[\w'’./-]{1,12}"
    r"(?:,? (?:[|·–-] )?[\w'’./-]{1,12}){0,6}(?: (?:[|·–-] )?\d{1,2}[:.h]\d{2}(?: ?[ap]m)?)?)?"
)
"""Who wrote a page, and when, as systems that manage contents write it under the title. Without a word such as "by"
most of these verbs say what was done with something: "Submitted content".
"""
BYLINE_NAME = 3  # words of who wrote it

_OFF = r"(?:off|rabatt|nachlass|de réduction|de descuento|di sconto|de desconto|korting|rabatu|скидк\w+|indirim)"
PROMOTIONS = _any(
    r"(?:black friday|cyber monday|flash sale|(?:summer|winter|spring|autumn|fall|christmas|easter|holiday)"
    r" (?:sale|deals?|offers?)|free (?:\w+ )?(?:shipping|delivery|returns)|use code (?=\S*\d)|sale ends"
    r"|limited[ -]time (?:offers?|deals?|only|sale)"
    r"|versandkostenfrei"
    r"|gratis versand|kostenloser versand|livraison (?:gratuite|offerte)|envío gratis|spedizione gratuita"
    r"|frete grátis|gratis verzending|darmowa dostawa|бесплатная доставка)\b.{0,100}",
    rf".{{0,40}}\b\d+ ?% {_OFF}\b.{{0,80}}",
    r"(?:new|neu|jetzt neu|nouveau|nouveauté|nuevo|novedad|novità|novo|nowość|новинка) ?[:!] .{3,80}",
)
"""Promotions of a shop, above or below the sentences of a page."""

OUTAGES = re.compile(
    r".{0,60}(?:\bread[- ]only mode|\bmaintenance mode|\b(?:scheduled|planned|routine|ongoing|emergency)"
    r" (?:\w+ )?maintenance|\b(?:under|down for|undergoing) (?:\w+ )?maintenance"
    r"|\bwartungsarbeiten|\bwartungsmodus|\b(?:nur-)?lesemodus"
    r"|\b(?:en )?(?:mode )?lecture seule|\bmaintenance (?:programmée|prévue|en cours)|\ben maintenance"
    r"|\b(?:modo )?(?:de )?(?:solo|sólo) lectura|\b(?:mantenimiento (?:programado|previsto)|en mantenimiento)"
    r"|\b(?:in )?sola lettura|\b(?:manutenzione programmata|in manutenzione)"
    r"|\b(?:somente|apenas) leitura|\b(?:manutenção (?:programada|agendada)|em manutenção)"
    r"|\balleen-lezen|\bgepland onderhoud|\bskrivskyddat läge|\bplanerat underhåll"
    r"|\btylko do odczytu|\bprace (?:serwisowe|konserwacyjne|techniczne)"
    r"|\bтолько для чтения|\bтехнические работы|\bsalt okunur|\bplanlı bakım"
    r"|メンテナンス中|読み取り専用|维护中|只读模式|점검 중|읽기 전용).{0,60}"
)
"""What a site says above a page while its software is looked after."""

OF_A_POLICY = _any(
    r"\b(?:data|information|personal\w*|share[sd]?|sharing|sell|sold|disclos\w+|collect\w*|cookies?"
    r"|(?:sub-?)?process\w*|consent\w*|rights?|laws?|retain\w*|third[ -]part\w+|policy"
    r"|daten\w*|données|datos|dati|dados|gegevens|dane|danych|privacy|partners?|advertis\w+"
    r"|not|never(?! miss)|must|object\w*|refus\w*|withdraw\w*|nicht|kein\w*|widerspr\w+|pas|nunca|niet|nooit|nie|не)\b"
    r"|данн|数据|信息|情報|개인정보"
)
"""A word of policies: what holds one is no box or promotion."""

# With their capitals.
TICKERS = _any(
    r"(?:[A-Z][\w/&.]*(?: [A-Z&][\w/.]*){0,2}:? \d[\d.,]{2,} [+–−-] ?\d[\d.,]* ?%[\s|,;]*)+",
    r"(?:[A-Z]\w+,? ){1,3}[+–−-]?\d{1,3} ?° ?[CF]?(?: [A-Za-z]+){0,3}",
)
"""Prices of a market with what they rose or fell by, and the weather."""
