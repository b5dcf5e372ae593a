"""Words that evidence is made of, in some twenty languages: versions, terms, officers, rights, laws."""

from __future__ import annotations

import re

# Beginnings of words, so that inflected forms are found too; the scripts without spaces are found anywhere.
_VERSION = """
updat effective effect revis amend modif version dated posted publish valid last force
aktualis gültig geändert änderung fassung letzte kraft
vigueur révis dernière dernier effet
actualiz vigor vigen versión última último
aggiorn vigore ultima ultimo versione efficac
atualiz versão revisão
bijgewerkt gewijzigd herzien versie laatst ingang
aktualizac zaktualiz obowiązuj wersja ostatni zmian wejści wchodzi
uppdater senast gäller giltig opdater senest gældende oppdater sist gjelder päivit voimas voimaan versio
güncelle yürürlü sürüm baskı
обновл редакц вступ действ версия измен последн оновл чинн
účinn poslední verze actualizat vigoare versiune frissít hatály módosít ενημέρωσ ενημερώθ ισχύ έκδοσ τελευταία
تحديث آخر سريان اعتبار تعديل الإصدار تاريخ
עודכן עדכון אחרון תוקף גרסה
अपडेट अद्यतन संशोधि प्रभावी संस्करण अंतिम
diperbarui berlaku pembaruan dikemas kemas berkuat
актуализ влиза сила ažurir zadnj posljednj primjenj posodob velja ажурир измењ последњ примењ
actualitz darrera vigència atnaujint įsigalioj paskutin atjaunin pēdēj spēkā uuendat viimati jõustu kehti huling
publié publicación publicado publicada pubblicat veröffentlich gepubliceerd опубликов публикац yayın aktualizován
التحديث التعديل עודכנ
بروزرسانی روزرسانی بهروزرسانی بهروز آخرین اجرا لازمالاجرا تازہ آخری আপডেট হালনাগাদ কার্যকর
ikraft gælder ændret endret træder trer muokattu viimeksi uppfær gildi síðast posledn naposledy platn
aktualizov snazi snag сназ снаг стапува важи сили діє valabil абнаўл абноўл апошня përditës fuqi efektif
ساري בתוקף לתוקף תחילה azken eguneratze
galioj inkraft vigênc geldig opgesteld revizyon geçerlilik
"""
_VERSION_ANYWHERE = """
อัปเดต อัพเดต อัปเดท อัพเดท ประกาศ ปรับปรุง มีผล แก้ไข ล่าสุด เวอร์ชัน 改定 改訂 更新 制定 施行 最終 発効 生效 修订 修改 版本 发布
시행 개정 업데이트 최종 버전 공고 發布 修訂 より有効 cập nhật hiệu lực sửa đổi
"""
_WHOLE = (
    r"as of\s*$|issued?\b|date of issue|date d'émission|fecha de emisión|data d[ei] emiss\w+|stand\b"
    r"|mise à jour|à jour|son\b|(?:policy|notice|statement|terms)\b.{0,40}\bappl(?:y|ies)\b|gilt (?:ab|seit|vom)"
    r"|applicable (?:as of|from|since|à (?:compter|partir)|depuis)|état au\b|stan na(?: dzień)?\b|ח?מעודכן"
    r"|लागू|حُ?دّ?ث"
)
BESIDE_A_DATE = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, _VERSION.split()))}|{_WHOLE})"
    rf"|{'|'.join(map(re.escape, _VERSION_ANYWHERE.split()))}"
)
"""Words that mark the date beside them as the document's own; of lower-case text."""

SETS_A_TERM = re.compile(
    r"(?:until|till|through|up to|before|after|prior to|later than"
    r"|bis|bis zum|vor dem|nach dem|jusqu' ?au|avant le|après le|hasta"
    r"|hasta el|antes del?|después del?|fino al|prima del|dopo il|até|após|tot|tot en met|до|после|حتى|עד"
    r"|จนถึง(?:วันที่)?|ก่อน(?:วันที่)?|ภายใน|截至|截止|\b(?:till och med|till|innan|före|indtil|inden|før|innen|ennen"
    r"|przed|před|pred|do dnia|(?:ważn\w*|obowiązuj\w*|najpóźniej|platn\w*|účinn\w*|nejpozději|najneskôr|velja|vrijedi"
    r"|važi) do|până la|înainte de|după|έως|μέχρι|πριν από|pirms|līdz|prieš|iki|kuni|enne|hingga|sampai|sebelum"
    r"|(?:đến|trước|sau)(?: ngày)?|تا|قبل|قبل از|לפני))(?: the)? ?$"
)
"""What stands before a date that is a term, not the document's own."""

ENDS_A_TERM = re.compile(
    r"[ .-]*(?:ig\b|(?:(?:tarihine|gününe) )?(?:kadar|asti|saakka|mennessä|まで|迄|까지|तक|से पहले))"
)
"""What stands behind such a date, in languages that say so there."""

OF_A_TERM = re.compile(
    r"\b(?:(?:last|final|latest) (?:day|date) (?:to|for|of)|deadline|frist|opt(?:ing)?[ -]?(?:out|in)|objections?"
    r"|object|claims?|consents? (?:is |are )?valid|deletion|(?:sale|transfer) of (?:your |personal )*data"
    r"|letzter tag|spätestens|widersp\w+|ansprüche|löschung|dernier jour|date limite|opposer|opposition|réclamations?"
    r"|suppression|último d[ií]a|fecha límite|oponer\w*|oposición|reclamaci\w+|eliminación|ultimo giorno|scadenza"
    r"|oppor\w*|opposizione|reclami|cancellazione|prazo|opor\w*|oposição|exclusão|laatste dag|bezwaar|uiterlijk"
    r"|verwijdering|ostatni dzień|termin|sprzeciw\w*|usunięci\w+"
    r"|expir(?:y|es|ation)|retention|birth|born|ablauf|aufbewahrung|geburt\w*|naissance|vencimiento|nacimiento|nascita"
    r"|nascimento|verval\w*|geboorte\w*|urodz\w+|рождени\w+"
    r"|son (?:tarih\w*|günü?)|itiraz\w*|срок\w*|возраж\w+|возразить|удалени\w+)\b|期限|異議|異义|削除|마감|기한"
)
"""Words of a line that holds a term, not the document's own date; of lower-case text."""

DOCUMENT = re.compile(
    r"""\b(?:polic(?:y|ies)|notice|statement|terms|agreement|document|version|page|updat\w+|revis\w+|modif\w+|posted|last
      |(?:datenschutz)?(?:erklärung|richtlinie|hinweise?|bestimmungen|information(?:en)?)|fassung|stand|aktualis\w+
      |geändert|politique|charte|déclaration|mentions|conditions|page|mise?\ à\ jour|révis\w+|política|aviso|declaración
      |documento|versión|términos|condiciones|página|actualiz\w+|informativa|versione|pagina|aggiorn\w+|termini
      |declaração|versão|termos|atualiz\w+|beleid|\w*verklaring|versie|voorwaarden|bijgewerkt|gewijzigd|polity[ck]\w+
      |regulamin\w*|wersj\w+|dokument\w*|aktualizac\w+|zaktualiz\w+|\w*policyn?|meddelande\w*|uppdater\w+|villkor\w*
      |\w*politik(?:ken)?|erklæring\w*|\w*erklæring|opdater\w+|oppdater\w+|tietosuojaseloste|seloste|päivit\w+
      |политик\w+|положени\w+|редакци\w+|верси\w+|документ\w*|уведомлени\w+|обновл\w+|условия|політик\w+
      |politika\w*|sözleşme\w*|metin|metni|bildirim\w*|sürüm\w*|güncelle\w*|zásad\w*|prohlášení|podmín\w+|tájékoztató
      |szabályzat\w*|politic[ăa]\w*|versiun\w+|πολιτική\w*|kebijakan|pemberitahuan|dasar|chính\ sách|pravil\w+
      |izjav\w+)\b
    |ポリシー|方針|規約|規程|附則|本書|改定|改訂|制定|更新|시행|개정|政策|声明|聲明|条款|條款|协议|本页|隐私|정책|방침|약관|처리방침|سياسة|السياسة|إشعار|تحديث
    |الشروط|מדיניות|תנאי|הצהר|עדכון|עודכנ|नीति|सूचना|संस्करण|अपडेट|นโยบาย|ประกาศ|ฉบับ|ปรับปรุง|নীতি|سیاست""",
    re.VERBOSE,
)
"""Words for the document itself, or for its being written again; of lower-case text."""

OFFICER = re.compile(
    r"""data\ (?:protection|privacy)\ (?:officer|lead|manager|contact|coordinator)
    |privacy\ (?:officer|manager|coordinator)|\bdpo\b|datenschutzbeauftragte
    |\bagente?\ (?:de|à)\ (?:la\ )?protection\ des\ données
    |\bdélégué(?:e|\(e\)|·e)?\ (?:à|a)\ la\ protection
    |(?:delegad|encarregad|encargad|responsable|diretor|director)\w*\ (?:de|da|de\ la)\ prote[cç]\w*
    |responsabile\ della\ protezione|functionaris\ (?:voor\ )?gegevensbescherming|inspektor\w*\ ochrony\ danych
    |dataskydds(?:ombud|ansvarig)|personuppgiftsombud|databeskyttelses(?:rådgiver|ansvarlig)|personvernombud|tietosuojavastaav
    |veri\ (?:koruma|sorumlusu)|ответственн\w+\ за\ (?:обработку|защиту)|pověřen\w+\ pro\ ochranu
    |responsabil\w*\ cu\ protecția
    |adatvédelmi\ tisztviselő|υπεύθυν\w+\ προστασίας|مسؤول\ حماية|ממונה\ (?:על\ )?הגנ|डेटा\ (?:संरक्षण|सुरक्षा)\ अधिकारी
    |เจ้าหน้าที่คุ้มครองข้อมูล|個人情報保護管理者|データ\ ?保護\ ?責任者|개인정보\ ?보호\ ?책임자|数据保护(?:官|专员)""",
    re.VERBOSE,
)
"""The person in a company whom data protection is entrusted to; of lower-case text."""

RIGHTS = re.compile(
    r"""\b(?:rights?|opt[\s-]*(?:out|in)|exercis\w+|requests?|withdraw\w*|object|eras\w+|delet\w+|unsubscrib\w+|rectif\w+
      |correct(?:ion)?|portab\w+|choices|complain\w*|do\ not\ sell|contact
      |rechte?n?|widerruf\w*|widersprech\w*|widerspruch|lösch\w+|auskunft|berichtig\w+|antrag|kontakt\w*
      |droits?|exerc\w+|demande|retir\w+|opposer|opposition|effac\w+|supprim\w+|contacter|réclamation
      |derechos?|ejerc\w+|solicit\w+|revocar|oponer\w*|suprim\w+|diritt[oi]|esercit\w+|richiest\w+|revocare|cancell\w+
      |direitos?|recht(?:en)?|verzoek\w*|intrekken|bezwaar|verwijder\w+|praw[ao]?|żądani\w+|wniosek|sprzeciw|usuni\w+
      |rättighet\w*|begär\w*|rettighet\w*|oikeu\w+|hakları?\w*|talep\w*|прав[ао]?|запрос\w*|отозвать|удал\w+)\b
    |حقوق|طلب|זכויות|בקשה|अधिकार|अनुरोध|สิทธิ|คำขอ|権利|請求|권리|요청|权利|申请|請""",
    re.VERBOSE,
)
"""Phrases of sentences in which a right is exercised; of lower-case text."""

PARTY = re.compile(
    r"\b(?<!\b\d{4} )(?:inc|llc|llp|ltd|limited|partnership|plc|corp|corporation|company|gmbh|mbh|ag|kg|kgaa|se(?!-\d)"
    r"|ug|e\s?\.\s?v"
    r"|s\s?\.?\s?a\s?\.?\s?(?:s|r\s?\.?\s?l)?|sas|sarl|srl|spa|b\s?\.?\s?v|n\s?\.?\s?v|ab|as|a/s|aps|oy|oyj|gk"
    r"|k\s?\.?\s?k|kft|zrt|sp\s?\.?\s?z\s?o\s?\.?\s?o|pty|pvt|s\s?\.?\s?l\s?\.?\s?(?:u)?|lda|ltda"
    r"|s\s?\.?\s?r\s?\.?\s?o|d\s?\.?\s?o\s?\.?\s?o|a\s?\.?\s?ş|şti|sdn|bhd|tbk|oü|uab|sia|ооо|ao|ао|зао|пао"
    r"|тов)\b\s?\.?|株式会社|合同会社|有限公司|주식회사|\(\s?주\s?\)|בע\"מ",
)
"""The legal form of a company, or a word for one; of lower-case text."""

FORM = re.compile(
    r"\b(?<!\b\d{4} )(?:Inc|LLC|LLP|Ltd|Limited|Partnership|PLC|plc|Corp|Corporation|Company|GmbH|mbH|AG|KG|KGaA"
    r"|SE(?!-\d)|UG|SAS|SARL"
    r"|S\.?r\.?l|SpA|S\.?p\.?A|S\.?A\.?S?|S\.?L\.?U?|B\.?V|N\.?V(?! \d)|AB|A/S|ApS|Oyj?|Kft|Pty|Lda|Ltda|A\.?Ş"
    r"|s\.r\.o|d\.o\.o)\b|ООО|АО|株式会社|合同会社|有限公司|주식회사"
)
"""The legal form of a company, with its capitals: in lower case some are words. Behind four digits two capitals are of
a Dutch post code ("3011 AB")."""

_DENIALS = (
    "not no never must shall only without unless don't nicht kein keine keinen keiner nie nur ohne pas sans aucun"
    " aucune jamais sin nunca ningún solo non senza mai nessun não sem geen niet nooit zonder bez tylko"
)
DENIES = frozenset(_DENIALS.split())
"""Words that deny or restrict what stands beside them, of eight languages."""

RECIPIENTS = re.compile(
    r"\b(?:shar(?:e[sd]?|ing)|s[eo]l[ld]|sells|selling|disclos\w+|transferr?\w*|transmit\w*|pass(?:ed)?|goes|send|sent"
    r"|recipients?|receives?|controllers?|process(?:ors?|ed)|third part\w+|partners?|providers?|we (?:also )?use"
    r"|wir (?:nutzen|verwenden)|utilis(?:ons|e)|utiliz(?:amos|ziamo)|usamos|gebruiken|korzystamy"
    r"|weiter(?:geben|gabe|gegeben)|übermitt\w+|verkauf\w+|empfänger\w*|verantwortlich\w*|auftragsverarbeit\w+"
    r"|partag\w+|transmett\w+|transmis\w*|vend\w+|destinatair\w+|sous-traitants?|responsable"
    r"|compart\w+|transfer\w+|ced\w+|destinatari\w*|encargad\w+|condivi\w+|trasmess\w+|titolare|partilh\w+"
    r"|de(?:el|len)|gedeeld|doorgev\w+|verkop\w+|ontvangers?|udostępnia\w*|przekazuj\w*|odbiorc\w+|administrator\w*)\b"
)
"""Words of who is given data; of lower-case text."""

RECEIVERS = re.compile(
    r"\b(?:recipients?|processors?|partners?|providers?|vendors?|empfänger\w*|auftragsverarbeit\w+|dienstleister\w*"
    r"|partnern?|destinataires?|sous-traitants?|partenaires?|prestataires?|destinatari\w*|encargad[oa]s?|soci[oa]s?"
    r"|proveedor\w*|fornitor[ei]|fornecedor\w*|parceir[oa]s?|ontvangers?|verwerkers?|leveranciers?|odbiorc\w+"
    r"|получател\w+|партн[её]р\w*)\b"
)
"""Words for those that are given data, and for nobody else; of lower-case text."""

WE_SHARE_WITH = r"\bwe (?:\w+ )?(?:share|disclose|sell|transfer) (?:\w+ ){1,2}(?:with|to)"
"""What stands right before one that is given data."""

LAW = re.compile(
    r"\b(?:gdpr|dsgvo|ds-gvo|rgpd|avg|rodo|lgpd|ccpa|cpra|kvkk|bdsg|ttdsg|regulation|directive|act|code|law"
    r"|statute|\w*verordnung"
    r"|\w*gesetz(?:buch)?(?:e?s)?|règlement|loi|reglamento|ley|regolamento|legge|regulamento|lei|verordening|wet|rozporządzeni\w+|ustaw\w+"
    r"|закон\w*|фз|c\.?f\.?r|u\.?s\.?c|treaty)\b|法|법|القانون|חוק"
)
"""Targets of references that are not part of the document; of lower-case text."""

PART = re.compile(
    r"""(?:\b(?:sections?|articles?|clauses?|paragraph(?:e?s?|en)|parts?|annex|appendix|schedule|chapter|points?|abschnitte?s?|ziffern?|ziff|rubriques?|epígrafes?|artikel
      |punkte?|kapitel|absatz|anhang|annexe|chapitre|sección|secciones|apartados?|cláusulas?|artículos?|sezion[ei]|articol[oi]
      |paragraa?f(?:[oi]|en)?|párrafos?|parágrafos?|itens|items?|punt[oi]|secç(?:ão|ões)|seç(?:ão|ões)|artigos?|pontos?|secties?|hoofdstuk(?:ken)?|bijlage|sekcj[aię]|punkcie|punktem|rozdzia\w+|ust
      |avsnitt|afsnit|madde|bölüm|раздел\w*|пункт\w*|п|стать\w+|část|bod|secțiunea|szakasz|ενότητα)\b
    |[§第제]|القسم|المادة|סעיף|अनुभाग|खंड|ข้อ|หัวข้อ|섹션|セクション)[\s.:]*$""",
    re.VERBOSE,
)
"""Words that say what the number just after them counts; at the end of lower-case text."""

DAYS = (
    r"mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|mo|di|mi|do|fr|sa|so"
    r"|montag|freitag|samstag|lundi|vendredi|samedi|lunes|viernes|sábado|lunedì|venerdì|segunda|sexta|maandag|vrijdag"
)
TIME = re.compile(
    rf"\d{{1,2}}(?:[:.h]\d{{2}})?(?:[ap]m|h)?(?:-\d{{1,2}}(?:[:.h]\d{{2}})?(?:[ap]m|h)?)?|am|pm|a\.m|p\.m|to|from"
    rf"|bis|von|à|a|uhr"
    rf"|noon|(?:{DAYS})(?:-(?:{DAYS}))?"
)
"""A time of day, a day of the week, or what may stand between two; of one token in lower case."""

_OF_NOTICES = """
this these the our a an was is are were has have been we we're we've of on in from as at and with by it its last most
recently updated updating revised published posted amended modified changed effective date dates takes take effect came
comes into force version versions privacy policy notice statement cookie cookies view see read find you may can previous
earlier prior archived current new here click to please for existing users customers
will which that replace replaces replaced replacing supersede supersedes terms use service english
below goes go upon sign up beginning
cette la le notre nos politique de du confidentialité protection des données cookies a été est mise à jour publiée
modifiée entrée entre en vigueur dernière et version précédente voir
ces cet les conditions générales d d'utilisation utilisation qui entreront entrera remplace remplacent remplacera
remplaceront actuelle actuellement nouvelle nouvelles ancienne à partir du compter jour mises cliquez ici pour consulter
anglaise française
diese dieser unsere unserer die der datenschutzerklärung datenschutzhinweise datenschutzrichtlinie fassung wurde am ist
zuletzt aktualisiert geändert veröffentlicht gilt ab dem seit tritt in kraft und vorherige frühere vom ansehen
nutzungsbedingungen geschäftsbedingungen allgemeinen aktualisierte aktualisierten neue neuen bisherige bisherigen hier
finden sie ersetzt ersetzen treten englische
esta este nuestra política aviso privacidad fue ha sido actualizada actualizado publicada publicado modificada el del
entra vigor y última vez anterior ver
estos términos condiciones uso los entrará entrarán entran sustituye sustituyen reemplaza reemplazan a versión actual
nueva nuevos que haga clic aquí para partir
questa questo informativa sulla nostra è stata stato aggiornata pubblicata il vigore e precedente
questi termini condizioni d'uso entra entrano entrerà in sostituisce sostituiscono versione attuale nuova
che partire dal
nossa privacidade foi atualizada publicada em vigor última
estes termos uso entra entram entrará entrarão substitui substituem a versão anterior atual nova partir
deze dit ons onze het privacybeleid privacyverklaring is werd bijgewerkt gepubliceerd op voor het laatst gewijzigd en
van kracht vorige
gebruiksvoorwaarden voorwaarden treedt treden werking vervangt vervangen huidige nieuwe versie die vanaf
"""
OF_NOTICES = frozenset(_OF_NOTICES.split())
"""Words of notices that say nothing but when a document was published or takes effect, and where others are."""

_OF_UPDATES = """
this the our we we've have has been recently updated revised changed amended privacy cookie cookies policy notice
statement please read review see view learn find out more about a summary of changes what what's new here click to for
details in and
wir haben hat unsere unser unserer diese dieser die der das datenschutzerklärung datenschutzhinweise datenschutz wurde
wurden kürzlich aktualisiert überarbeitet geändert bitte lesen sie klicken hier um neue neuen fassung version
zusammenfassung änderungen ansehen zu
nous avons notre cette la le les politique avis confidentialité été récemment mise mis à jour modifiée modifié veuillez
cliquez cliquer ici pour consulter voir afficher lire nouvelle version résumé des modifications de du en savoir plus
hemos ha sido nuestra esta la el política aviso privacidad actualizado actualizada modificado modificada recientemente
haga haz clic aquí para ver leer nueva versión resumen de los cambios
abbiamo nostra questa informativa privacy sulla stata aggiornato aggiornata modificato modificata clicca fai clic qui
per visualizzare leggere nuova versione riepilogo delle modifiche
wij we hebben onze deze privacyverklaring privacybeleid is bijgewerkt gewijzigd aangepast klik hier om de nieuwe versie
te bekijken lees een samenvatting van wijzigingen
atualizamos atualizada atualizámos nossa a política de privacidade foi recentemente alterada clique aqui nova versão
"""
OF_UPDATES = frozenset(_OF_UPDATES.split())
"""Words of notices that say nothing but that a document was updated, and where that is explained."""

_OF_VERSIONS = """
to you can may view see read find please click scroll down go here or the a an any of our this these privacy cookie
cookies policy policies notice notices statement statements version versions previous prior earlier older archived
archive archives revision revisions history section sections is are available below above at on in
cette la le les notre de du des politique confidentialité version versions précédente précédentes antérieure antérieures
voir consulter consultez cliquez ici pour
die der dieser unserer datenschutzerklärung datenschutzhinweise fassung fassungen vorherige vorherigen frühere früheren
finden sie hier ansehen klicken
ver puede consultar aquí la las nuestra política privacidad versión versiones anterior anteriores haga clic para
"""
OF_VERSIONS = frozenset(_OF_VERSIONS.split())
"""Words of notices that say nothing but where other versions of a document are."""
_OF_ANY_DATE = re.compile(
    r"\b(?:date|datum|fecha|дата|tarihi?|publi\w+|veröffentlich\w+)\b|日付|日期|날짜|تاريخ|תאריך|วันที่"
)
_ANNOUNCEMENT = 60  # characters of a line that may announce the date below it


def holds_a_term(line: str) -> bool:
    """Return whether a line, in lower case, is of a term and not of a policy about it."""
    return OF_A_TERM.search(line) is not None and "polic" not in line


def announces_a_term(line: str) -> bool:
    """Return whether a line, in lower case, above a date alone says that it is of a term, or announces it by a colon as
    another's than the document's.
    """
    said = line.rstrip(" :：")
    if SETS_A_TERM.search(said) or (len(said) <= _ANNOUNCEMENT and holds_a_term(said)):
        return True
    is_own = BESIDE_A_DATE.search(said) or DOCUMENT.search(said) or _OF_ANY_DATE.search(said)
    return line.endswith((":", "：")) and not is_own
