"""Phrases of notices in some thirty further languages, by what they say; `notices_by_language` adds them to its own.

Each names the page, or what its reader has to do to see it: a policy speaks of errors, accounts and permissions too.
"""

from __future__ import annotations

_NEAR = r"[^.!?]{0,40}"
_NEAR_EAST = r"[^。.!?]{0,20}"

NOT_FOUND = (
    rf"\bsidan{_NEAR} (?:existerar inte|finns inte|kunde inte hittas)|\bsiden{_NEAR} (?:findes ikke|finnes ikke|finst"
    rf" ikkje|eksisterer ikke)|\bside,? du leder efter,? findes ikke|síðan{_NEAR} (?:fannst ekki|er ekki til)",
    rf"\bsivua?{_NEAR} ei (?:ole (?:enää )?olemassa|löydy|löytynyt)|\blehte{_NEAR} ei (?:leitud|leia|ole olemas)",
    rf"\blapa{_NEAR} (?:nav atrasta|neeksistē)|\bpuslapi(?:s|o){_NEAR} ?(?:nerast|neegzistuoja|nėra)",
    rf"\bstron\w+{_NEAR} (?:nie istnieje|przestała istnieć|nie została znaleziona)",
    rf"\bstránk\w+{_NEAR} (?:tu (?:již |už )?není|neexistuje|nieje tu|nie je tu|sa nenašla|nenachádza)",
    rf"\bstranic\w+{_NEAR} (?:nije pronađena|ne postoji|nije nađena)|\bstran{_NEAR} (?:ni bila najdena|ne obstaja)",
    rf"страниц\w+{_NEAR} не (?:е намерена|беше намерена|съществува|существует|найдена)|сторінк\w+{_NEAR} не існує",
    rf"страницата{_NEAR} не (?:постои|е пронајдена)|страница{_NEAR} (?:није пронађена|не постоји)",
    rf"\boldal{_NEAR} nem (?:található|létezik)|\bpagin\w+{_NEAR} nu mai există|\bfaqja{_NEAR} nuk (?:u gjet|gjendet)",
    rf"σελίδα{_NEAR} δεν (?:βρέθηκε|υπάρχει)|\bsayfa{_NEAR} (?:bulunamadı|artık yok|mevcut değil)",
    r"(?<!\w)(?:页面|网页|頁面|網頁)(?:不存在|未找到|找不到)(?!\w)|(?<!\w)(?:找不到|未找到)(?:页面|网页|頁面"
    r"|網頁)(?!\w)",
    r"所要?(?:访问|尋找|寻找|請求|请求|查找|瀏覽|浏览)的?(?:页面|網頁|网页|頁面)[^。]{0,8}(?:不存在|找不到)"
    r"|(?:无法|無法)找到[^。]{0,10}(?:页面|网页|頁面|網頁)",
    r"페이지는 [^.]{0,12}존재하지 않|หน้าที่[^.]{0,40}(?:ไม่ได้อยู่ที่นี่|ไม่มีอยู่)|ไม่มีหน้าที่คุณ",
    rf"\btrang này (?:không tồn tại|đã bị xóa|chưa được tạo)|\bhalaman{_NEAR} tidak (?:dapat )?(?:lagi )?ditemukan",
    r"الصفحة[^.]{0,30} (?:لا وجود لها|لم تعد موجودة|غير موجودة)|صفحه[^.]{0,40}(?:یافت نشد|پیدا نشد|وجود ندارد"
    r"|این‌جا نیست)",
    r"ה?(?:דף|עמוד)[^.]{0,24} (?:לא נמצא|(?:כבר )?לא קיים)|(?:पृष्ठ|पेज)[^.।]{0,20} (?:नहीं मिला|मौजूद नहीं)",
    r"page you (?:are|were) looking for (?:isn['’]t|is not) here",
)

MOVED = (
    r"\bsidan har flyttats?\b|\bsiden er (?:blevet )?flyttet|\bsivu on (?:siirretty|siirtynyt|muuttanut)",
    r"\bstránk[ay] (?:byl[ay]|bol[ai]) (?:přesunut|presunut)|\baz oldal (?:elköltözött|átkerült)|\bpagina a fost"
    r" mutată",
    r"\bstranica je (?:preseljena|premještena|premeštena)|\bstran je (?:bila )?(?:premaknjena|preseljena)"
    r"|\bpuslapis (?:buvo )?perkeltas",
    r"страницата? (?:е )?преместена|страница (?:была )?перемещена|страница переехала|сторінку переміщено"
    r"|сторінка переїхала",
    r"σελίδα (?:έχει μετακινηθεί|μετακινήθηκε|μεταφέρθηκε)|\bsayfa (?:\w+ )?taşındı",
    r"página (?:se ha|ha sido) (?:movid|trasladad|mudad)[oa]|\bpágina (?:foi movida|mudou de endereço)",
    r"ページは[^。]{0,20}(?:移転|移動)(?:いた)?しました|(?:页面|网页|頁面|網頁)已经?經?(?:迁移|移至|搬|移動|移动"
    r"|轉移|转移)",
    r"페이지(?:가|는)? [^.]{0,12}(?:이전|이동)(?:되었|했|하였)|หน้านี้[^.]{0,6}(?:ถูกย้าย|ย้ายไป)",
    r"\btrang (?:này )?đã (?:được )?(?:chuyển|di chuyển)|\bhalaman (?:ini )?(?:telah|sudah) (?:dipindahkan|pindah)",
    r"(?:تم نقل|انتقلت) (?:هذه )?الصفحة|صفحه [^.]{0,30}منتقل شد|ה?(?:דף|עמוד) (?:הזה )?הועבר",
    r"(?:पृष्ठ|पेज) [^।]{0,30}स्थानांतरित",
)

FORBIDDEN = (
    r"behörighet att (?:visa|se) (?:den här )?sidan|(?:adgang|tilladelse|tilgang|tillatelse) til (?:[åa]t? (?:se"
    r"|vise) )?"
    r"denne siden?\b",
    r"(?:oikeutta|lupaa|käyttöoikeutta) (?:nähdä|katsella) tätä sivua|(?:nie masz|brak) uprawnień[^.!?]{0,24} stron",
    r"(?:oprávnění|povolení|oprávnenie|povolenie) (?:k |pre )?zobraz\w+ (?:tuto|této|túto|tejto) stránk",
    r"nincs jogosultság\w* (?:az|ezen) oldal|(?:permisiunea|dreptul)[^.!?]{0,20} această pagină",
    r"нямате (?:достъп|права)[^.!?]{0,20} страница|немає (?:доступу|прав)[^.!?]{0,24} сторінк|нет (?:прав|доступа)"
    r"[^.!?]{0,24} (?:этой )?страниц",
    r"δικαίωμα πρόσβασης σε αυτή|sayfayı (?:görüntüleme|görmek için) (?:yetkiniz|izniniz) yok",
    r"nemate (?:dopuštenj|ovlast|dozvol)\w+[^.!?]{0,20} stranic|nimate dovoljenja[^.!?]{0,16} strani|netur\w+"
    r" (?:teisės"
    r"|leidimo|prieigos)[^.!?]{0,24} puslap",
    r"permiso para (?:ver|acceder a) esta página|permissão para (?:ver|acessar|aceder a) esta página",
    r"(?:ページ|コンテンツ)を(?:表示|閲覧)する権限がありません|페이지를? [^.]{0,16}권한이 없",
    r"(?:没有|沒有)[^。]{0,8}(?:权限|權限)[^。]{0,8}(?:页面|頁面)|(?:没有|沒有)[^。]{0,10}(?:页面|頁面)的(?:权限"
    r"|權限)",
    r"ไม่มีสิทธิ[^.]{0,20}หน้านี้|không có quyền (?:xem|truy cập) trang|tidak (?:memiliki|mempunyai) izin"
    r"[^.!?]{0,16} halaman",
    r"(?:إذن|صلاحي\w+|الصلاحيات)[^.]{0,20} هذه الصفحة|اجاز[^.]{0,6} دیدن این صفحه|הרשא\w+ לצפ\w+ ב(?:דף|עמוד)",
    r"(?:पृष्ठ|पेज) देखने की अनुमति नहीं",
    # Nothing but this, and the site's name: a policy of use says what happens after too many requests.
    r"^(?:\S+ ){0,4}(?:for mange (?:anmodninger|forespørsler)|příliš mnoho požadavků|(?:забагато|слишком много)"
    r" запр?[оиы]\w+|quá nhiều"
    r" yêu cầu|คำขอมากเกินไป|طلبات كثيرة جدا|درخواست‌های بیش از حد|リクエストの制限に達しました|请求被限制"
    r"|요청 횟수 제한에 도달했습니다)\W*$",
)

HUMAN_CHECK = (
    rf"varmist\w+{_NEAR}ihminen|(?:ověř|over)\w+{_NEAR}(?:člověk|človek|robot)|ellenőr\w+{_NEAR}(?:ember|robot)",
    rf"verific\w+{_NEAR}(?:sunteți om|ești om|robot)|провер\w+{_NEAR}човек|перевір\w+{_NEAR}(?:людина|робот)",
    rf"επαλ[ηή]θε[υύ]\w+{_NEAR}(?:άνθρωπο|ρομπότ)|provjer\w+{_NEAR}(?:čovjek|robot)|preverj\w+{_NEAR}(?:človek|robot)"
    rf"|tikrin\w+{_NEAR}žmogus",
    rf"(?:xác minh|kiểm tra){_NEAR}(?:con người|robot)|verifikasi{_NEAR}(?:manusia|robot)|ตรวจสอบ[^.]{{0,20}}มนุษย์",
    r"التحقق[^.]{0,24}(?:إنسان|بشري|روبوت)|(?:بررسی|تأیید)[^.]{0,12}انسان|מוודא\w*[^.]{0,16}(?:אנושי|אדם|רובוט)",
    r"सत्यापित[^।]{0,30}(?:मानव|इंसान|रोबोट)",
    rf"aktiv[eé]re? javascript|javascript{_NEAR}vaaditaan|povol(?:te|iť)? javascript|povoľ\w*{_NEAR}javascript",
    rf"engedélyez\w+{_NEAR}javascript|activează javascript|ενεργοπο\w+{_NEAR}javascript|увімкн\w+ javascript"
    r"|omogočite javascript|(?:įjun|įsijun)\w+ javascript|omogućite javascript|включете javascript",
    rf"자바스크립트를? 켜|bật javascript|aktifkan javascript|تفعيل (?:ال)?جافا ?سكريبت|جاوا ?اسکریپت{_NEAR_EAST}فعال",
    r"activa javascript",
)

LOG_IN = (
    r"(?:skal|må) (?:være logget|logge) inn?d? for [åa]t? (?:se|fortsætte|fortsette)|kirjaudu sisään (?:nähdäksesi"
    r"|jatkaaksesi)",
    r"musíte (?:být přihlášen|byť prihlásen|s[ea] přihlásit|sa prihlásiť)|(?:se|sa) musíte (?:přihlásit|prihlásiť)",
    r"(?:megtekintéséhez|folytatáshoz)[^.!?]{0,20} jelentkezz|trebuie să (?:vă|te) (?:autentific|conect)\w+ pentru",
    r"трябва да влезете, за да|увійдіть, щоб|πρέπει να συνδεθείτε για να|(?:görmek|görüntülemek|devam etmek) için"
    r" (?:lütfen )?(?:giriş|oturum)",
    r"morate se prijaviti (?:da|kako)|se morate prijaviti|norėdami [^.!?]{0,30} prisijunkite",
    r"(?:表示|閲覧|続行)(?:する)?には[^。]{0,8}ログイン|请先?登[录陆](?:后|以|才能)|請先?登入(?:後|以|才能)",
    r"(?:보려면|계속하려면) [^.]{0,6}로그인|เข้าสู่ระบบเพื่อ(?:ดู|ดำเนินการ)|đăng nhập để (?:xem|tiếp tục)"
    r"|(?:masuk|login)"
    r" untuk (?:melihat|melanjutkan)",
    r"تسجيل الدخول ل(?:عرض|مشاهدة|لمتابعة|متابعة)|برای (?:دیدن|مشاهده|ادامه)[^.]{0,16} وارد شوید|להתחבר כדי"
    r" (?:לצפות|להמשיך)|(?:देखने|जारी रखने) के लिए (?:लॉग|साइन) इन",
    r"unohditko salasanasi?|zapomn?ěli? jste heslo|zapomenuté heslo|zabudnuté heslo|elfelejtett jelszó|uitat parola",
    r"забрав\w+ парола|ξεχάσατε τον κωδικό|забули пароль|zaboravljena lozinka|pozabljeno geslo|pamiršote slaptažodį",
    r"ลืมรหัสผ่าน|quên mật khẩu|lupa (?:kata sandi|password)|نسيت كلمة|(?:گذرواژه|رمز)[^.]{0,16}فراموش|שכחת\w*"
    r" (?:את )?ה?"
    r"סיסמ|पासवर्ड भूल",
)

# Up to four words, as of the site's name, stand before it, and nothing behind.
LOADING = (
    r"^(?:\S+ ){0,4}\W*(?:loading|please wait|cargando|caricamento|carregando|chargement|laddar|indlæser|laster(?:"
    r" inn)?"
    r"|ladataan|laadimine|ielādē|įkeliama|ładowanie|načítání|načítava sa|betöltés|se încarcă|učitavanje|nalaganje"
    r"|зареждане|загрузка|завантаження|φόρτωση|yükleniyor|đang tải|memuat|読み込み中|加载中|載入中|로딩 ?중|กำลังโหลด"
    r"|جارٍ? ?ي? التحميل|در حال بارگذاری|טוען|लोड हो रहा है) ?(?:\.{2,}|…)\W*$",
)

OUT_OF_ORDER = (
    r"something went wrong on our (?:end|side)|algo (?:ha )?(?:salido|funcionado|salió) mal|något gick fel|n(?:oe"
    r"|oget)"
    r" gikk? galt|midlertidig serverfejl|midlertidig serverfeil",
    r"jokin meni (?:pieleen|vikaan)|coś poszło nie tak|tymczasow\w+ (?:niepowodzeni|błęd)\w+ serwera|něco se"
    r" [^.!?]{0,10}"
    r"pokazilo|dočasn\w+ (?:selhání|výpad\w+) server|niečo sa pokazilo",
    r"valami hiba történt|átmeneti szerver|ceva nu a (?:mers|funcționat)|ceva a funcționat greșit|нещо се обърка|щось"
    r" пішло не так|что-то пошло не так|приносим извинения, но на нашей стороне",
    r"временного сбоя|тимчасову відмову сервера|κάτι πήγε στραβά|προσωρινού σφάλματος|bir şey(?:ler)? ters gitti"
    r"|geçici"
    r" sunucu hatası|nešto je pošlo po (?:krivu|zlu)",
    r"na našem koncu je prišlo do napake|mūsų pusėje įvyko klaida|fallo temporal del servidor|page could not be served"
    r"|temporary server failure",
    r"一時的なサーバー|もうしわけありませんが、なにかが間違って|服务暂时不可用|后台出错|伺服器(?:暫時|繁忙)|(?:일"
    r"|임)시적인 서버|뭔가 잘못"
    r"|後台出現問題",
    r"มีบางอย่างผิดพลาด|đã xảy ra (?:sự cố|lỗi)|lỗi máy chủ tạm thời|kegagalan server|ada sesuatu yang salah",
    r"حدث خطأ ما|فشل مؤقت|چیزی از سمت ما اشتباه|مشکل موقت|משהו השתבש|कुछ गलत हो गया",
)

SERVER_ONLY = (
    r"the \w+ web server is successfully installed|(?:this is the )?default (?:welcome |web |index )?page (?:for"
    r"|of) (?:this"
    r"|the|your) (?:\w+ )?(?:server|domain|web ?site)",
    r"^\w+2? (?:\w+ )?default page\b|^test page for the \w+ (?:http|web)? ?server|^welcome to nginx\b|^it works!$",
)

POINTER = (
    r"\b(?:policyn?|integritetspolicyn)[^.!?]{0,30} har (?:flyttats?|ersatts)|\b(?:politik|privatlivspolitik"
    r"|personvernerklæring)(?:ken|en)?[^.!?]{0,30} er (?:blevet )?(?:flyttet|erstattet)",
    r"\btietosuoja\w+[^.!?]{0,30} on (?:siirretty|siirtynyt|korvattu)|\b(?:zásady|stránka)[^.!?]{0,40} (?:byly"
    r"|boli|byla"
    r"|bola) (?:přesunuty|presunuté|nahrazeny|nahradené|přesunuta|presunutá)",
    r"\b(?:adatkezelési|adatvédelmi)[^.!?]{0,40} (?:áthelyez|elköltöz|átkerült|felváltot)\w+"
    r"|\bpolitic\w+[^.!?]{0,30} a fost"
    r" (?:mutată|înlocuită)",
    r"полити\w+[^.!?]{0,30} (?:е преместена|е заменена|перемещена|переміщено|замінено)|πολιτική[^.!?]{0,30}"
    r" (?:μετακινηθεί|μεταφέρθηκε|αντικατασταθεί)",
    r"\bgizlilik[^.!?]{0,30} taşındı|\bpravila privatnosti[^.!?]{0,20} su (?:premješten|preseljen)\w+",
    r"(?:ポリシー|方針)は[^。]{0,30}(?:移転|移動)(?:いた)?しました|(?:政策|声明|聲明)已(?:迁移|遷移|移至)"
    r"|방침[은이] [^.]{0,20}(?:이전|이동)",
    r"นโยบาย[^.]{0,30}(?:ถูกย้าย|ย้ายไป)|chính sách[^.!?]{0,30} đã (?:được )?chuyển (?:sang|đến)|kebijakan[^.!?]{0,30}"
    r" telah (?:dipindahkan|diganti)",
    r"تم نقل سياسة|מדיניות[^.]{0,24} הועברה|गोपनीयता नीति[^।]{0,20} स्थानांतरित",
)

CONSENT = (
    r"(?:accept[eé]r?|godkend|godta|tillad|afvis|avvis|avslå) alle\b|(?:vi og|vi och) vore?s? (?:\d+ )?partnere?"
    r"|vi og våre"
    r" (?:\d+ )?partnere|administr?er(?: mine)? (?:indstillinger|innstillinger)|respekterer dit privatliv|tar vare på"
    r" personvernet",
    r"(?:hyväksy|hylkää) kaikki|me ja (?:\d+ )?kumppani|(?:hallinnoi|hallitse) asetuksia|arvostamme yksityisyyttäsi",
    r"(?:zaakceptuj|akceptuj|odrzuć) wszystk|my i nasi (?:\d+ )?partnerzy|zarządzaj (?:ustawieniami|preferencjami)"
    r"|cenimy"
    r" (?:twoją|państwa) prywatność",
    r"(?:přijmout|odmítnout|prijať|odmietnuť) vš?etk|(?:přijmout|odmítnout|povolit) vše|my a naši?c?h? (?:\d+ )?partne"
    r"|spravovať? (?:nastavení|nastavenia|předvolby)|vážím\w+ si va[šs]",
    r"összes (?:elfogadása|elutasítása)|mi és (?:a )?(?:\d+ )?partner|beállítások kezelése|fontos (?:számunkra"
    r"|nekünk) az ön",
    r"(?:acceptă|respinge|acceptați|refuză) toate?|noi și (?:cei )?(?:\d+ )?parteneri|gestion\w+ preferințe|respectăm"
    r" (?:confidențialitatea|intimitatea)",
    r"(?:прием\w+|отхвърл\w+|принять|отклонить|прийняти|відхилити) вс[еіи]|(?:ние|мы|ми) [иіт]а? наши(?:те|х)?"
    r" (?:\d+ )?"
    r"партн|(?:управление на|управление|керувати) (?:настройк|налаштуван)|цен?и[мн]\w* ваш",
    r"(?:αποδοχή|απόρριψη) όλων|εμείς και οι (?:\d+ )?συνεργάτες|διαχείριση (?:ρυθμίσεων|προτιμήσεων)|σεβόμαστε"
    r" (?:το απόρρητ"
    r"|την ιδιωτικ)",
    r"tümünü (?:kabul et|reddet)|biz ve (?:\d+ )?iş ortak|(?:tercihleri|ayarları) yönet|gizliliğinize (?:değer|önem)",
    r"(?:prihvati|odbij|sprejmi|zavrni|prihvatam) (?:sve|vse)\b|mi (?:i|in) naših (?:\d+ )?partner|upravlja\w+"
    r" (?:postavkama|nastavitev|podešavanjima)|cenimo va[šs]|cijenimo va[šs]u",
    r"(?:priimti|atmesti) visk?us?ą?|mes ir mūsų (?:\d+ )?partner|tvarkyti (?:nustatymus|nuostatas)|gerbiame jūsų"
    r" privatumą",
    r"すべて(?:を)?(?:同意|許可|拒否|受け入れ)|当社と(?:\d+社の)?パートナー|設定を管理|プライバシーを尊重",
    r"(?:全部|一律)(?:接受|拒绝|拒絕|允许|允許)|(?:接受|拒绝|拒絕)(?:全部|所有)|我们和我们的(?:\d+ ?个)?合作"
    r"|我們和(?:我們的)?(?:\d+ ?個)?合作"
    r"|管理(?:偏好|设置|設定)|[重珍][视視]您的[隐隱]私",
    r"모두 (?:동의|거부|허용|수락)|당사와 (?:\d+개 )?파트너|설정 관리|(?:개인정보를|개인정보 보호를) (?:소중히|중요)",
    r"(?:ยอมรับ|ปฏิเสธ)ทั้งหมด|เราและพันธมิตร|จัดการการตั้งค่า|ความสำคัญกับความเป็นส่วนตัว",
    r"(?:chấp nhận|từ chối) tất cả|chúng tôi và (?:\d+ )?đối tác|quản lý (?:tùy chọn|cài đặt)|coi trọng quyền"
    r" riêng tư",
    r"(?:terima|tolak|setujui) semua|kami dan (?:\d+ )?mitra|kelola (?:preferensi|pengaturan)|menghargai privasi",
    r"(?:قبول|رفض) الكل|نحن وشركا|إدارة (?:التفضيلات|الإعدادات)|نقدر خصوصيت",
    r"(?:پذیرش|رد|قبول) همه|ما و [\d۰-۹]* ?شریک|مدیریت (?:تنظیمات|ترجیحات)|حریم خصوصی شما احترام",
    r"(?:קבל|דחה|אשר) הכו?ל|אנו ו-?(?:\d+ )?השותפים|נה[לו]ל? העדפות|מכבדים את הפרטיות",
    r"सभी (?:स्वीकार|अस्वीकार)|हम और हमारे (?:\d+ )?भागीदार|प्राथमिकताएँ प्रबंधित|गोपनीयता का सम्मान",
)
