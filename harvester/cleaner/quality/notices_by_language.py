"""Phrases of notices in other languages than English, by what they say; `error_phrases` adds them to its own.

Lower case, white space single. A verb and its object stand near each other in one sentence: the gap ``[^.!?]{0,40}``
stays within it. Languages without spaces have the gap ``[^。]``.
"""

from __future__ import annotations

import re

from harvester.cleaner.quality import notices_in_more_languages as further

_NEAR = r"[^.!?]{0,40}"


def any_of(*phrases: str) -> re.Pattern[str]:
    """Return the pattern that finds any of some phrases. The ends of their words have twenty letters at most: a text
    that is one long word would be read to its end from each place where a phrase may begin.
    """
    return re.compile("|".join(phrases).replace(r"\w*", r"\w{0,20}").replace(r"\w+", r"\w{1,20}"))


HUMAN_CHECK = (
    # The page that says it is looking at the reader's browser or device, before anything else.
    r"^\W*(?:\S+ ){0,4}(?:please wait )?while we (?:check|verify) your browser|^\W*the request is blocked\b",
    r"vérifi\w+ votre (?:appareil|navigateur)|(?:überprüfen|prüfen) (?:wir )?(?:ihr gerät|ihren browser)"
    r"|verific\w+ (?:su|tu|seu|teu|il tuo|il suo|o seu) (?:dispositiv|navegador|browser)\w*"
    r"|(?:controleren|verifiëren) (?:we )?uw (?:apparaat|browser)|провер\w+ ваш\w* (?:браузер|устройств)",
    r"faites glisser vers la droite|(?:schieben|ziehen) sie (?:den regler )?nach rechts|deslice hacia la derecha"
    r"|scorri verso destra|deslize para a direita|schuif naar rechts|проведите вправо|右にスライド|向右滑动",
    rf"(?:vérifi|confirm|prouve)\w*{_NEAR}(?:humain|robot|sécurité de votre connexion)",
    rf"(?:überprüf|bestätig|verifizier|sicherstell)\w*{_NEAR}(?:mensch\b|robot|bot\b|sicherheit ihrer verbindung)",
    rf"(?:verific|comprob|comprueb|confirm|demuestr)\w*{_NEAR}(?:humano|robot|seguridad de (?:su|tu) conexión)",
    rf"(?:verific|conferm|dimostr)\w*{_NEAR}(?:umano|robot|sicurezza della (?:tua|sua) connessione)",
    rf"(?:verific|confirm|prove)\w*{_NEAR}(?:humano|robô|segurança da (?:sua|tua) (?:conexão|ligação))",
    rf"(?:verifi|controle|bevestig)\w*{_NEAR}(?:\bmens\b|robot)",
    rf"(?:verifier|kontroller|bekräft|bekræft|bekreft)\w*{_NEAR}(?:människa|menneske|robot)",
    rf"(?:weryfik|sprawdz|potwierd|udowodn)\w*{_NEAR}(?:człowiek|robot)",
    rf"(?:провер|подтверд|докаж)\w*{_NEAR}(?:человек|робот)",
    rf"(?:insan|robot)\w*{_NEAR}(?:doğrul|kontrol ed|onayla)",
    r"(?:验证|驗證|确认|確認|确定|確定)[^。]{0,12}(?:真人|人类|人類|机器人|機器人)|检查您的连接的?安全|人机验证",
    r"人間であること(?:を|の)(?:確認|証明)|ロボットではない|사람인지 확인|로봇이 아[닙님]",
    r"(?:lös\w*|résol\w+|resuelv\w+|risolv\w+|resolv\w+|los)\b[^.!?]{0,30}\bcaptcha",
    r"javascript ?を有効に|(?:启用|啟用|开启|開啟|打开) ?javascript|javascript를? (?:활성화|사용)"
    r"|javascript[^.!?]{0,20}etkinleştir",
    *further.HUMAN_CHECK,
)

BLOCKED = (
    r"(?:adresse ip|accès|requête)[^.!?]{0,20} (?:a été|est) (?:bloqué|refusé|rejeté|restreint)",
    r"(?:ip-adresse|zugriff|anfrage)[^.!?]{0,20} (?:wurde|ist)[^.!?]{0,40} (?:blockiert|gesperrt|verweigert|abgelehnt)",
    r"(?:dirección ip|acceso|solicitud)[^.!?]{0,20} (?:ha sido|fue|está) (?:bloquead|denegad|rechazad)",
    r"(?:indirizzo ip|accesso|richiesta)[^.!?]{0,20} (?:è stat[oa]|è) (?:bloccat|negat|rifiutat|respint)",
    r"(?:endereço ip|acesso|solicitação)[^.!?]{0,20} (?:foi|está) (?:bloquead|negad|recusad)",
    r"(?:ip-adres|toegang|verzoek)[^.!?]{0,20} (?:is|werd) (?:geblokkeerd|geweigerd)",
    r"(?:ip-adress|åtkomst|begäran)[^.!?]{0,20} (?:har |är )?(?:blockerats?|nekats?|nekad)",
    r"(?:adres ip|dostęp|żądanie)[^.!?]{0,20} (?:został[oa]?|jest) (?:zablokowan|odrzucon|zabronion)",
    r"(?:ip-адрес|доступ|запрос)[^.!?]{0,30} (?:заблокирован|запрещ[её]н|отклон[её]н)",
    *further.FORBIDDEN,
)

REGION = (
    r"(?:unavailable|not (?:currently )?(?:available|accessible))[^.!?]{0,30} (?:in|from|to) (?:your|this|most"
    r"|some|many"
    r"|certain) (?:\w+ ){0,3}(?:country|countries|region|regions|location|territory|area|jurisdiction)",
    r"(?:access|attempting to access|visiting)[^.!?]{0,60} from a country belonging to the european",
    r"(?:pas|indisponible)[^.!?]{0,40} (?:dans|depuis|en) (?:votre|cette|ce) (?:pays|région|zone|territoire)",
    r"in (?:ihre|deine|diese)[rm]? (?:land|region|gebiet|standort)[^.!?]{0,30} (?:nicht|gesperrt)"
    r"|nicht[^.!?]{0,30} in (?:ihre|deine|diese)[rm] (?:land|region|gebiet)",
    r"no (?:está|se encuentra|es)[^.!?]{0,30}(?:disponible|accesible)[^.!?]{0,20} (?:en|desde) (?:tu|su|este|esta)"
    r" (?:país|región|ubicación|zona|territorio)",
    r"non (?:è|sono)[^.!?]{0,30}(?:disponibil|accessibil)\w+[^.!?]{0,20} (?:nel|nella|dal|dalla) (?:(?:tu|su)[oa] )?"
    r"(?:paese|area|regione|zona)",
    r"não (?:está|se encontra|é)[^.!?]{0,30}(?:disponível|acessível)[^.!?]{0,20} (?:no|na|em|do|da) (?:seu|sua|teu|tua)"
    r" (?:país|região|localização|área)",
    r"niet (?:\w+ )?beschikbaar (?:in|vanuit|voor) (?:uw|je|jouw|dit|deze) (?:land|regio|locatie|gebied)",
    r"(?:inte (?:\w+ )?tillgänglig|ikke (?:\w+ )?tilgængelig|ikke (?:\w+ )?tilgjengelig)\w* i (?:din|dit|ditt|denna)"
    r" (?:region|land|område)",
    r"nie jest dostępn\w+ (?:w|dla) (?:two\w+|państwa|tym) (?:kraj|region|lokalizacj)",
    r"niedostępn\w+ (?:w|dla) (?:two\w+|państwa|tym) (?:kraj|region|lokalizacj)",
    r"недоступ\w+ (?:в|для|из) (?:ваш|эт|данн)\w+ (?:стран|регион)",
    r"(?:ülkenizde|bölgenizde)[^.!?]{0,30} (?:kullanılam|mevcut değil|erişilem)",
    r"(?:お住まい|お客様|ご利用|お使い)の(?:国|地域)[^。]{0,24}(?:できません|いただけません)",
    r"(?:您|你)所在的?(?:国家|地区|地區|國家)[^。]{0,20}(?:不可用|无法|無法|不提供|不支持)",
    r"(?:국가|지역)에서는? [^.]{0,24}(?:이용|사용|접속)(?:하|하실|할)? ?수 없",
    r"غير (?:متاح|متوفر)\w*[^.]{0,12} في (?:منطقتك|بلدك|دولتك)|(?:אינ[וה]|לא) (?:זמי|נגי)ש?\w*[^.]{0,16}"
    r"(?:באזור|במדינה|בארץ) של",
)

QUEUE = (
    r"(?:êtes|sommes|place|vous) (?:maintenant )?dans la file d['’]attente|temps d['’]attente estimé",
    r"(?:befinden sich|sind|nutzer vor ihnen)[^.!?]{0,20} in der warteschlange|geschätzte wartezeit",
    r"en la (?:fila(?: de espera)?|cola)\b[^.!?]{0,40}(?:sitio|turno|usuarios)|tiempo (?:estimado de espera|de espera"
    r" estimado)|(?:nella coda|sei in coda|è in coda)\b|tempo (?:di attesa stimato|stimato di attesa)",
    r"(?:na|da) fila (?:de espera|virtual)|tempo (?:de espera estimado|estimado de espera)|in de wachtrij"
    r"|geschatte wachttijd|i kön\b[^.!?]{0,40}(?:webb|plats)|beräknad väntetid|forventet ventetid|anslået ventetid",
    r"w kolejce (?:do|oczekujących)|(?:przewidywany|szacowany) czas oczekiwania|вы (?:находитесь )?в очереди"
    r"|(?:примерное|ожидаемое|расчетное|расчётное) время ожидания|sıradasınız|tahmini bekleme süresi",
    r"順番待ち|(?:予想|推定)?待ち時間 ?[:：]|(?:正在|已)排[队隊]|预计等[待候]时间|預計等[待候]時間"
    r"|대기열|예상 대기 ?시간",
    r"(?:قائمة|طابور) الانتظار|وقت الانتظار (?:المتوقع|المقدر)|זמן המתנה (?:משוער|מוערך)|(?:אתם|הינך|אתה) בתור\b",
)

PARKED = (
    r"domaine (?:est |actuellement )*(?:à vendre|en vente)|dominio (?:está |è )?(?:en venta|a la venta|in vendita)",
    r"domínio (?:está )?(?:à venda|para venda)|domein(?:naam)? (?:is |staat )*te koop"
    r"|domän(?:en|namnet)? (?:är )?till salu|domæne[tr]? (?:er )?til salg",
    r"domen(?:a|y|ę)[^.!?]{0,20} na (?:sprzedaż|prodej|predaj)|domén[ay][^.!?]{0,20} na (?:prodej|predaj)"
    r"|domain eladó|domeniu(?:l)?[^.!?]{0,20} de vânzare",
    r"домен\w*[^.!?]{0,20} (?:прода[её]тся|продам|на продаж)|alan adı (?:\w+ )?satılık"
    r"|ドメインは?[^。]{0,8}(?:販売中|売り出し中)|ドメイン(?:を|の)販売",
    r"域名[^。]{0,6}(?:出售|转让|轉讓)|도메인[^.]{0,6}(?:판매|매각)|(?:النطاق|الدومين)[^.]{0,16}للبيع"
    r"|(?:הדומיין|שם המתחם)[^.]{0,16}למכירה|tên miền[^.]{0,24}bán|domain (?:ini )?dijual|โดเมน[^.]{0,12}ขาย",
    *further.SERVER_ONLY,
)

LOG_IN = (
    r"forgot(?:ten)? (?:your |my )?password|don['’]t have an account\? sign up",
    r"(?:identifiez|connectez)-vous pour|mot de passe oublié|melden sie sich (?:bitte )?an, um|passwort vergessen",
    r"olvidaste tu contraseña|olvidó su contraseña|password dimenticata|esqueceu (?:a|sua|a sua) (?:senha"
    r"|palavra-passe)",
    r"wachtwoord vergeten|glömt (?:ditt )?lösenord|glemt (?:din |dit |ditt )?(?:adgangskode|passord|kodeord)",
    r"(?:nie pamiętasz|zapomniał\w*) hasła|забыли пароль|şifremi unuttum",
    r"(?:для просмотра|чтобы (?:просмотреть|увидеть)) (?:эт\w+ |данн\w+ )?страниц[^.!?]{0,30} (?:войдите|войти"
    r"|авториз)",
    r"パスワードをお忘れ|忘记密码|忘記密碼|비밀번호 찾기",
    *further.LOG_IN,
)

LOADING = (
    r"^\W*(?:loading|please wait|chargement(?: en cours)?|wird geladen|bitte warten|cargando|caricamento(?: in corso)?"
    r"|carregando|even geduld|(?:bezig met )?laden|laddar|indlæser|laster|ładowanie|загрузка|yükleniyor|読み込み中"
    r"|(?:正在)?加载中?|(?:正在)?載入中?|로딩 ?중) ?(?:\.{2,}|…)",
    *further.LOADING,
)

MOMENT = (
    r"^(?:un instant|(?:nur )?einen? moment|un momento|um momento|even geduld|ci siamo quasi|vänta|et øjeblik"
    r"|cierpliwości|один момент|bir dakika|请稍候|請稍候|しばらくお待ちください|잠시만)",
    r"^(?:accès|acceso|accesso|acesso|zugriff|zugang|toegang|åtkomst|adgang|tilgang|dostęp|доступ) (?:bloqu"
    r"|refus|interdit"
    r"|denegad|restringid|negad|negat|bloccat|verweigert|gesperrt|geweigerd|geblokkeerd|neka|nægt|nekt"
    r"|zablokowan|zabronion"
    r"|запрещ|ограничен)",
)

NOT_FOUND = (
    r"siden (?:blev |ble )?ikke (?:blev )?(?:fundet|funnet)|ikke finde den side|(?:finner|fant) ikke siden",
    r"sivua ei (?:löytynyt|löydy)|sidan (?:kunde inte hittas|finns inte|hittades inte)",
    r"nie (?:znaleźliśmy|znaleziono|można znaleźć) (?:\w+ )?stron|strona (?:\w+ ){0,3}nie (?:istnieje"
    r"|została znaleziona)",
    r"страниц\w+ (?:\w+ ){0,3}не (?:найден|существу)|не (?:найдена|удалось найти) страниц|сторінк\w+ не (?:знайд|існу)",
    r"stránk\w+ (?:\w+ ){0,3}(?:nebyla nalezena|nenalezena|neexistuje|nenašla|nebola nájdená)",
    r"sayfa (?:\w+ )?(?:bulunamadı|bulunamıyor|mevcut değil)|az oldal nem található",
    r"pagina (?:\w+ ){0,4}nu (?:a fost găsită|există)|η σελίδα (?:\w+ ){0,4}δεν (?:βρέθηκε|υπάρχει)",
    r"halaman (?:\w+ ){0,4}tidak (?:ditemukan|ada)|không tìm thấy trang|trang [^.]{0,30}không tồn tại|ไม่พบหน้า",
    r"الصفحة [^.]{0,30}(?:غير موجودة|لم يتم العثور)|لم يتم العثور على الصفحة|ה?(?:דף"
    r"|עמוד) (?:\S+ ){0,3}לא (?:נמצא|קיים)",
    r"(?:पृष्ठ|पेज) (?:\S+ ){0,3}नहीं मिला",
    r"(?:ページ|ファイル)[^。]{0,30}(?:見つかりません|存在しません)",
    r"(?:抱歉|对不起|對不起|您(?:访问|請求|请求|查找|要找|寻找|訪問)的?)[^。]{0,15}(?:页面|网页|頁面|網頁)[^。]{0,8}"
    r"(?:不存在|找不到|未找到|已删除|已刪除)|^\W*(?:页面|网页|頁面|網頁)(?:不存在|未找到|找不到)",
    r"페이지를? 찾을 수 없|존재하지 않는 페이지|페이지가 존재하지 않",
    r"(?:policy|statement|notice|page|document|terms) (?:\w+ )?(?:can now be found|is now (?:located|available|found)"
    r"|has been (?:moved|relocated)) (?:at|here|on|in|to)\b",
    *further.NOT_FOUND,
    *further.MOVED,
)

MAINTENANCE = (
    r"(?:opération|travaux|cours) de maintenance|site (?:est )?(?:actuellement )?indisponible",
    r"(?:tareas|labores|trabajos) de mantenimiento|volveremos (?:pronto|en breve)",
    r"wird (?:gerade|derzeit|momentan|aktuell) gewartet|gleich (?:wieder )?(?:zurück|für sie da)"
    r"|vorübergehend nicht (?:erreichbar|verfügbar)",
    r"torneremo (?:presto|a breve|online)|em manutenção|voltaremos (?:em breve|logo)"
    r"|tijdelijk niet (?:bereikbaar|beschikbaar)",
    r"underhåll (?:pågår|av)|tillfälligt otillgänglig|midlertidigt? (?:utilgængelig|utilgjengelig)",
    r"prace (?:konserwacyjn|techniczn)\w+|przerwa techniczna|технически\w+ работ|временно недоступ"
    r"|bakım (?:çalışma|mod)",
    r"メンテナンス(?:中|を行|の)|(?:维护|維護)中|系统维护|점검 ?중|서비스 점검",
    *further.OUT_OF_ORDER,
)

POINTER = any_of(
    r"(?:policy|statement|notice|document|page) (?:has been|was|is) (?:replaced|superseded|retired|archived"
    r"|discontinued|moved|relocated)\b",
    r"(?:policy|statement|notice|document|page) (?:has (?:now )?moved|is no longer (?:in effect|in force|valid"
    r"|current|maintained|available))\b",
    r"(?:policy|statement|notice) (?:can (?:now )?be found|is (?:now )?(?:available|located))"
    r" (?:at|here|on)\b",
    r"(?:see|read|visit|view|go to) (?:our|the) (?:new|updated|current|latest) (?:privacy )?(?:policy|statement"
    r"|notice)\b",
    r"(?:service|site|website|app|shop|platform) (?:has|was|is) (?:been )?(?:now )?(?:closed|shut down"
    r"|discontinued|retired)\b",
    r"(?:erklärung|richtlinie|seite)[^.!?]{0,20} (?:wurde (?:ersetzt|verschoben)|ist umgezogen|finden sie"
    r" (?:jetzt|nun|ab sofort))|(?:dienst|betrieb|shop|website)[^.!?]{0,60} eingestellt",
    r"(?:politique|page|charte)[^.!?]{0,30} (?:a été (?:remplacée|déplacée)|est désormais"
    r" (?:disponible|accessible))|(?:service|site)[^.!?]{0,30} (?:est|a) (?:définitivement )?(?:fermé|cessé)",
    r"(?:política|página|aviso)[^.!?]{0,30} (?:ha sido (?:sustituid|reemplazad|movid|trasladad)[ao]"
    r"|se encuentra ahora|foi (?:substituída|movida))",
    r"(?:servicio|sitio|serviço)[^.!?]{0,20} (?:ha cerrado|ha sido cerrado|foi encerrado)",
    r"(?:informativa|pagina)[^.!?]{0,30} è stata (?:sostituita|spostata)|servizio[^.!?]{0,20} è stato (?:chiuso"
    r"|dismesso)",
    r"(?:beleid|verklaring|pagina)[^.!?]{0,20} is (?:vervangen|verplaatst)"
    r"|dienst[^.!?]{0,20} is (?:gestopt|gesloten)",
    r"(?:polityk\w+|stron\w+)[^.!?]{0,20} został\w+ (?:zastąpion|przeniesion)\w+|serwis[^.!?]{0,20} zamknięty",
    r"политик\w+[^.!?]{0,30} (?:заменена|перемещена|доступна по)|сервис[^.!?]{0,20} закрыт",
    r"ポリシーは[^。]{0,30}(?:移動|移転)しました|サービスは[^。]{0,30}終了(?:し|いた)",
    r"(?:政策|声明)已(?:迁移|更新至|移至)|服务已(?:停止|关闭)|서비스(?:가|는)? [^.]{0,20}종료",
    *further.POINTER,
)
"""A note in the place of the policy: it is elsewhere, replaced, or the service is no more; only in very short texts."""
CONDITION = any_of(
    r"(?<!\w)(?:if|when(?:ever)?|whether|once|unless|until|wenn|falls|sobald|si|lorsque|quand|se|quando|cuando|als|wanneer"
    r"|indien|jeśli|gdy|если|когда)(?: \w+){0,3} \Z"
)
"""What stands right before such a note where it is none: a policy says what happens if its page moves."""
