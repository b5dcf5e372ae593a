"""Labels of pages: what buttons, menus, pickers of languages, lists of other pages and boxes of a site say.

Whole phrases in lower case, divided by bars or line ends. A label is an action or a part of the site, in whatever
language it is; docs/kinds.md says where each kind counts. A link to another text of the document is known by its
words: all are of a closed list, and one of them tells which text it is, so that a link to another document ("Cookie
policy", "Privacy notice for California") is none.
"""

from __future__ import annotations

import re

from harvester.diffing.around.labels import in_more_languages


def phrases(listed: str) -> frozenset[str]:
    """Return the phrases of a list."""
    return frozenset(listed.strip().replace("\n", "|").split("|"))


LABELS = (
    phrases(in_more_languages.ACTIONS)
    | phrases(in_more_languages.NAMES_TOO)
    | phrases("""
back to top|return to top|go to top|scroll to top|print|print this page|print page|printer friendly|print version
printer-friendly version|email this page|share this|share this page|share on facebook|share on twitter|tweet
share on linkedin|share on x|download pdf|download as pdf|skip to content|skip to main content|skip navigation|menu
main menu|search|close|open menu|close menu|log in|login|sign in|sign up|log out|logout|sign out|register|join
join now
you are here|sie sind hier|vous êtes ici|estás aquí|usted está aquí|ti trovi in|sei qui|você está aqui|u bent hier
jesteś tutaj|вы здесь|現在位置|当前位置
my account|cart|basket|wishlist|got it|i agree|i accept|dismiss|cookie settings|learn more|read more|show more
show less|more|read less|see more|see less|more details|show details|hide details|view details|details|view more
mehr anzeigen|weniger anzeigen|mehr lesen|weiterlesen|details anzeigen|ausklappen|einklappen|voir plus|voir moins
afficher plus|afficher moins|lire la suite|ver más|ver menos|leer más|mostrar más|mostrar menos|mostra di più
mostra meno|leggi di più|leggi tutto|ver mais|ver menos|leia mais|mostrar mais|mostrar menos|toon meer|toon minder
lees meer|visa mer|visa mindre|vis mere|vis mer|les mer|pokaż więcej|pokaż mniej|czytaj dalej|czytaj więcej
показать ещё|показать еще|читать далее|развернуть|свернуть|daha fazla göster|devamını oku|もっと見る|続きを読む|閉じる
展开|收起|查看更多|阅读更多|더 보기|더보기|عرض المزيد|اقرأ المزيد|קרא עוד|הצג עוד|ดูเพิ่มเติม|อ่านเพิ่มเติม
expand all|collapse all|open all|close all|alle öffnen|alle schließen|tout ouvrir|tout fermer|tout afficher|tout replier
abrir todo|cerrar todo|apri tutto|chiudi tutto|abrir tudo|fechar tudo|alles openen|alles sluiten
expand all collapse all|opens in new tab|opens in a new tab|opens in new window|opens in a new window|external link
previous column|next column|previous slide|next slide|previous item|next item|vorherige spalte|nächste spalte
colonne précédente|colonne suivante|diapositive précédente|diapositive suivante|columna anterior|columna siguiente
home|previous|next|was this article helpful|was this page helpful|was this helpful
download on the app store|get it on google play|available on the app store|app store|google play
laden im app store|jetzt bei google play|télécharger dans l'app store|disponible sur google play
disponible en google play|consíguelo en el app store|scarica su app store|disponibile su google play
request a demo|book a demo|schedule a demo|get a demo|start free trial|start your free trial|start a free trial
try for free|try it free|try it for free|start for free|get started for free|contact sales|talk to sales
talk to an expert|demo anfordern|demo buchen|kostenlos testen|jetzt kostenlos testen|kostenlos starten|demander une démo
essayer gratuitement|solicitar una demo|pruébalo gratis|richiedi una demo|provalo gratis
solicitar uma demonstração|vraag een demo aan
enter your email address|subscribe to our newsletter|sign up for our newsletter
did you find this helpful|follow us|follow us on|select language|choose your language|on this page|contents
table of contents|in this article|jump to
nach oben|zum seitenanfang|drucken|seite drucken|zum inhalt springen|menü|suche|suchen|schließen|anmelden|einloggen
registrieren|warenkorb|mehr erfahren|inhaltsverzeichnis|war dieser artikel hilfreich|startseite|herunterladen
haut de page|retour en haut|imprimer|partager|aller au contenu|rechercher|recherche|fermer|se connecter|connexion
s'inscrire|panier|en savoir plus|sommaire|table des matières|cet article vous a-t-il été utile|accueil|télécharger
volver arriba|imprimir|compartir|ir al contenido|saltar al contenido|menú|buscar|cerrar|iniciar sesión|registrarse
carrito|más información|índice|inicio|descargar|¿fue útil este artículo
torna su|torna all'inizio|stampa|condividi|vai al contenuto|cerca|chiudi|accedi|registrati|carrello|scopri di più
indice
voltar ao topo|voltar ao início|partilhar|compartilhar|pular para o conteúdo|ir para o conteúdo|fechar|cadastre-se
carrinho|saiba mais|sumário|início|este artigo foi útil
terug naar boven|naar boven|afdrukken|ga naar inhoud|zoeken|sluiten|inloggen|aanmelden|winkelwagen|meer informatie
inhoudsopgave|till toppen|skriv ut|sök|stäng|logga in|varukorg|läs mer
do góry|drukuj|udostępnij|szukaj|zamknij|zaloguj się|zarejestruj się|koszyk|dowiedz się więcej|spis treści
наверх|вверх|печать|поделиться|поиск|закрыть|войти|вход|регистрация|корзина|подробнее|содержание|оглавление
yukarı|başa dön|yazdır|paylaş|kapat|giriş yap|kayıt ol|içindekiler
ページトップへ|ページの先頭へ|トップへ戻る|印刷|シェア|検索|閉じる|ログイン|新規登録|目次|メニュー
返回顶部|回到顶部|返回頂部|打印|列印|分享|搜索|搜尋|关闭|關閉|登录|登錄|登入|注册|註冊|目录|目錄|菜单|选择语言
맨 위로|인쇄|공유|검색|닫기|로그인|회원가입|목차|메뉴
العودة إلى الأعلى|طباعة|بحث|إغلاق|تسجيل الدخول|القائمة|חזרה למעלה|הדפסה|חיפוש|סגור|התחברות|תפריט
กลับขึ้นด้านบน|พิมพ์|ค้นหา|ปิด|เข้าสู่ระบบ|สารบัญ|ऊपर जाएं|प्रिंट|खोजें
toggle navigation|toggle menu|toggle search|skip to footer|jump to navigation|loading|please wait|leave a comment
leave a reply|post a comment|no comments|reply|comments are closed|sitemap|site map|view all|see all|load more
advertisement|advertisements|sponsored|sponsored content|sponsored links|anzeige|anzeigen|publicité|publicidad
pubblicità|advertentie|reklama|annons|реклама|reklam|広告|广告|廣告|광고|إعلان|פרסומת
get the app|get our app|download the app|download our app|app herunterladen|télécharger l'application
descarga la app|scarica l'app|baixe o app|give feedback|send feedback|tell us|feedback
what our customers say|what our clients say|what people say|testimonials|kundenstimmen|das sagen unsere kunden
chat now|chat with us|live chat|start chat|start a chat|need help|stay in touch|stay up to date|stay connected
join our newsletter|join our mailing list|abonnieren sie unseren newsletter|abonnez-vous à notre newsletter
inscrivez-vous à notre newsletter|suscríbete a nuestra newsletter|iscriviti alla newsletter|assine a newsletter
wird geladen|chargement|cargando|caricamento|carregando|laden|загрузка|读取中|加载中|読み込み中
""")
)
"""Whole labels; a block may hold several, divided by bars, dots or commas."""

LANGUAGES = phrases("""
english|deutsch|français|español|italiano|português|português (brasil)|nederlands|svenska|dansk|norsk|norsk bokmål
suomi
polski|čeština|slovenčina|magyar|română|български|русский|українська|ελληνικά|türkçe|العربية|עברית|فارسی|हिन्दी|ไทย
tiếng việt|bahasa indonesia|bahasa melayu|日本語|中文|简体中文|繁體中文|中文 (简体)|中文 (繁體)|한국어|hrvatski|srpski
slovenščina|català|eesti|latviešu|lietuvių|filipino|galego|euskara|íslenska|shqip|bosanski|македонски|беларуская|gaeilge
cymraeg|malti|afrikaans|kiswahili|azərbaycan|қазақша|ქართული|հայերեն|বাংলা|தமிழ்|తెలుగు|मराठी|ગુજરાતી|اردو|ខ្មែរ|မြန်မာ
english (us)|english (uk)|us english|en|de|fr|es|it|pt|nl|sv|pl|ru
ja|zh|ko|ar|tr|german|french|spanish|italian|portuguese|dutch|swedish|polish|russian|japanese|chinese|korean|arabic
danish|finnish|norwegian|czech|hungarian|romanian|greek|turkish|hebrew|hindi|thai|vietnamese|ukrainian|indonesian
""")
"""Names of languages, as pages offer them."""

OTHER_PAGES = phrases("""
related articles|related posts|related content|you may also like|you might also like|read next|recommended articles
recommended for you|recent posts|recent articles|recently viewed articles|latest news|latest posts|latest articles
popular articles|popular posts|more articles|most popular|most read|promoted articles|articles in this section
in the news
from the blog|ähnliche artikel|verwandte artikel|verwandte beiträge|weitere artikel|neueste beiträge|aktuelle beiträge
das könnte sie auch interessieren|articles associés|articles connexes|articles similaires|articles récents
à lire aussi
dernières actualités|artículos relacionados|entradas recientes|últimas noticias|también te puede interesar
articoli correlati|articoli recenti|potrebbe interessarti anche|ultime notizie|artigos relacionados|posts recentes
últimas notícias|gerelateerde artikelen|recente berichten|laatste nieuws|relaterade artiklar|senaste nytt
powiązane artykuły|ostatnie wpisy|похожие статьи|последние новости|ilgili makaleler|関連記事|最新ニュース
相关文章|最新文章
관련 글
archives|recent comments|tags|tag cloud|upcoming events|you might also be interested in|you may also be interested in
more from the blog|latest from the blog|trending|trending now|trending topics|editor's picks|top stories|news
blogroll|see also|more stories|meistgelesen|meistgelesene artikel|beliebte beiträge|neueste kommentare|kategorien
schlagwörter|archiv|veranstaltungen|les plus lus|articles populaires|derniers articles|commentaires récents
catégories
étiquettes|lo más leído|más leídas|comentarios recientes|categorías|etiquetas|i più letti|categorie|commenti recenti
archivi|mais lidas|mais lidos|comentários recentes|categorias|arquivos|meest gelezen|recente reacties|categories
najczęściej czytane|najnowsze wpisy|kategorie|самое читаемое|рубрики|свежие записи|архивы|son yazılar|kategoriler
最近の投稿|最近のコメント|カテゴリー|アーカイブ|热门文章|最新评论|分类|归档|최근 글|카테고리
""")
"""Headings over links to other pages."""

BESIDE_LABELS = phrases(
    "e-mail|email|mail|share|facebook|twitter|x|linkedin|instagram|youtube|pinterest|whatsapp|telegram|reddit|pdf"
    "|download|top|yes|no|ja|nein|oui|non|sí|si|account|products|about|about us|contact|contact us|blog|news|help"
    "|support|faq|shop|tiktok|threads|snapchat|tumblr|google+|rss|flickr|vk|line|xing|discord|mastodon|bluesky"
)
"""Labels among others only: alone they may be what is collected, or with whom it is shared."""

NAMES_OF_DOCUMENTS = phrases(
    "privacy|privacy policy|privacy notice|privacy statement|datenschutz|datenschutzerklärung|datenschutzhinweise"
    "|politique de confidentialité|política de privacidad|aviso de privacidad|política de privacidade|privacybeleid"
    "|privacyverklaring|informativa privacy|informativa sulla privacy|polityka prywatności|privatlivspolitik"
    "|integritetspolicy|personvernerklæring|tietosuojaseloste|ochrana osobních údajů|zásady ochrany osobních údajů"
    "|adatkezelési tájékoztató|gizlilik politikası|политика конфиденциальности|политика за поверителност"
    "|політика конфіденційності|πολιτική απορρήτου|プライバシーポリシー|隐私政策|隱私權政策|개인정보처리방침"
    "|سياسة الخصوصية|מדיניות פרטיות|गोपनीयता नीति|นโยบายความเป็นส่วนตัว"
)
"""What a page says above a policy, whatever its title is."""

NAMES_TOO = (
    LANGUAGES
    | phrases(in_more_languages.NAMES_TOO)
    | phrases("""
search|log in|login|sign in|sign up|log out|logout|sign out|register|join|my account|cart|basket|wishlist|print|home
app store|google play|contents|details|reply|view all|see all|advertisement|advertisements|sponsored content
feedback|testimonials|live chat|share this|tweet|menu|give feedback|send feedback|leave a comment|post a comment
drucken|suche|suchen|anmelden|einloggen|registrieren|warenkorb|herunterladen|startseite|anzeige|anzeigen
kundenstimmen|imprimer|partager|rechercher|recherche|se connecter|connexion|s'inscrire|panier|télécharger|accueil
publicité|imprimir|compartir|buscar|iniciar sesión|registrarse|carrito|inicio|descargar|publicidad
stampa|condividi|cerca|accedi|registrati|carrello|pubblicità|partilhar|compartilhar|cadastre-se|carrinho|início
afdrukken|zoeken|inloggen|aanmelden|winkelwagen|advertentie|skriv ut|sök|logga in|varukorg|annons
drukuj|udostępnij|szukaj|zaloguj się|zarejestruj się|koszyk|reklama|печать|поделиться|поиск|войти|вход|регистрация
корзина|реклама|yazdır|paylaş|giriş yap|kayıt ol|reklam|印刷|シェア|検索|ログイン|新規登録|広告
打印|列印|分享|搜索|搜尋|登录|登錄|登入|注册|註冊|广告|廣告|인쇄|공유|검색|로그인|회원가입|광고
طباعة|بحث|تسجيل الدخول|إعلان|הדפסה|חיפוש|התחברות|פרסומת|พิมพ์|ค้นหา|เข้าสู่ระบบ|प्रिंट|खोजें
""")
)
"""Labels that also name what a reader does or is shown, and so what data is collected for."""

BUTTONS = phrases(
    "got it|accept|accept all|i agree|agree|i accept|ok|okay|dismiss|close|x|akzeptieren|einverstanden|accepter"
    "|j'accepte|aceptar|accetta|aceitar|accepteren|akkoord|acceptera|akceptuję|принять|accept cookies|allow|allow all"
    "|decline|reject|reject all|deny|manage preferences|manage cookies|preferences|customize|customise|cookie settings"
    "|alle akzeptieren|ablehnen|alle ablehnen|tout accepter|tout refuser|refuser|personnaliser|aceptar todo"
    "|rechazar|rechazar todo|accetta tutti|rifiuta|aceitar todos|rejeitar|alles accepteren|weigeren|godkänn alla"
    "|kabul et|reddet|同意する|同意|接受|동의"
)
"""Buttons of a dialog that asks for consent."""

ANSWERS = phrases(
    "yes|no|not really|somewhat|ja|nein|oui|non|sí|si|sì|sim|não|nee|tak|nie|nej|да|нет|evet|hayır|はい|いいえ|是|否"
    "|예|아니요|نعم|لا|כן|לא"
)
"""What a reader may answer where the site asks whether the page helped; behind any other question it says something."""

TITLES_OF_DIALOGS = phrases(
    "we value your privacy|we respect your privacy|your privacy matters|your privacy|cookie consent|privacy preferences"
    "|wir respektieren ihre privatsphäre|ihre privatsphäre|wir schätzen ihre privatsphäre"
    "|nous respectons votre vie privée|votre vie privée|respetamos su privacidad|valoramos tu privacidad|tu privacidad"
    "|rispettiamo la tua privacy|la tua privacy|respeitamos a sua privacidade|a sua privacidade"
    "|wij respecteren uw privacy|uw privacy|cenimy twoją prywatność|szanujemy twoją prywatność"
    "|мы ценим вашу конфиденциальность|gizliliğinize önem veriyoruz|プライバシーについて|プライバシー設定"
)
"""What a dialog that asks for consent is headed with."""

FILLERS = BUTTONS | phrases(
    "subscribe|sign up|submit|send|search|share|save|more|your email|your email address|email|email address|your e-mail"
    "|your e-mail address|e-mail|privacy policy|cookie policy|newsletter|our newsletter|first name|last name|go|join"
    "|e-mail-adresse|ihre e-mail-adresse|absenden|abonnieren|votre e-mail|votre adresse e-mail|votre email|s'abonner"
    "|tu correo electrónico|correo electrónico|suscribirse|enviar|la tua email|iscriviti|invia|seu e-mail|assinar"
    "|datenschutzerklärung|politique de confidentialité|política de privacidad|cookie consent|cookies|learn more"
    "|toggle navigation|close|email *|required|indicates required|stay in the loop|keep in touch|get in the loop"
    "|stay tuned|don't miss out|einstellungen|cookies auf dieser website|cookie-einstellungen|find out more"
    "|mehr erfahren|plus d'informations|más información|find us|our app"
)
"""Parts of a box or dialog: beside something else that stands around the policy they belong to it."""

_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[\s,/()]+")
_OF_A_COUNTRY = re.compile(r"([^()|:;.!?]{2,40}) ?\(([^()]{2,30})\)")
_LANGUAGES = frozenset(
    word for name in LANGUAGES if len(name) > 2 for word in _PARTS.split(name) if len(word) > 2 or not word.isascii()
)
_TELLING_WORDS = """
pdf printable printer print previous prior earlier archived older translation translations
deutsche englisch englische französisch drucken druckversion vorherige vorige frühere ältere archivierte
anglais anglaise française imprimer imprimable précédente précédentes antérieure antérieures traduction
española inglés inglesa anterior anteriores imprimible traducción inglese italiana precedente precedenti
portuguesa inglês engels engelse nederlandse eerdere
"""
_TELLING = _LANGUAGES.union(_TELLING_WORDS.split())
_BESIDE_WORDS = """
a an the this our of in for as on and or to you can click here view see read get open download file copy format form
full text version versions page document policy policies privacy notice statement adobe acrobat friendly available also
is are us uk
datenschutzerklärung datenschutzhinweise datenschutzrichtlinie datenschutz versionen fassung fassungen auf als
herunterladen der die das dieser diese unserer unsere hier klicken lesen ansehen anzeigen zur zum
lire voir consulter télécharger cette notre la le en au de du politique confidentialité déclaration cliquez ici pour
leer ver esta nuestra el política privacidad aviso descargar versión versiones haga clic aquí para
leggi vedi scarica questa informativa sulla versione versioni clicca qui per
ler veja baixar privacidade versão versões clique aqui
lees bekijk het onze privacybeleid privacyverklaring versie versies klik hier
"""
_BESIDE = frozenset(_BESIDE_WORDS.split())
_NUMBERED = re.compile(r"\b(?:version|fassung|versión|versione|versão|versie) \d")


def leads_to_another_text(said: str, linked: bool) -> bool:
    """Return whether a short block, in lower case, leads to another text of the document and says nothing else.

    A country with its language in brackets, or a language with its country, does so without a link too: the links of a
    list are lost more often than its words.
    """
    if "(" in said and (found := _OF_A_COUNTRY.fullmatch(said if said.endswith(")") else f"{said})")):
        outside, inside = found[1].strip(), found[2].strip()
        if inside in LANGUAGES or (outside in LANGUAGES and len(outside) > 2 and linked):
            return True
    if not linked:
        return False
    words = _WORD.findall(said)
    told = _NUMBERED.search(said) is not None
    for word in words:
        if word in _TELLING:
            told = True
        elif word not in _BESIDE:
            return False
    return told
