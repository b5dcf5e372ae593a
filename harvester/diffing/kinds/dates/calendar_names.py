"""Names of months and of the days of the week, in some forty languages."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
januar jänner februar märz mai juni juli oktober dezember
janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
januari februari maart mei augustus
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień czerwiec lipiec sierpień wrzesień październik listopad grudzień
augusti marts joulukuuta
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ledna února března dubna května června července srpna září října listopadu prosince
ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie
január február március április május június július szeptember október
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου μαίου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر
ינואר פברואר מרץ מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
जनवरी फ़रवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
maret juni juli agustus desember ogos disember julai
januára februára apríla mája júna júla augusta septembra októbra novembra decembra
януари февруари март април май юни юли август септември октомври ноември декември
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga studenog prosinca
januarja februarja aprila maja junija julija avgusta oktobra januara februara juna jula
јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра
janv févr avr juil déc ene abr ago dic fev dez gen mag giu lug ott okt mrt maj янв фев апр июн июл авг сен окт ноя дек
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
janvāris janvārī februāris februārī marts martā aprīlis aprīlī maijs maijā jūnijs jūnijā jūlijs jūlijā augusts augustā
septembris septembrī oktobris oktobrī novembris novembrī decembris decembrī
jaanuar veebruar märts aprill juuni juuli detsember oktoober
pebrero marso hunyo hulyo setyembre oktubre nobyembre disyembre
فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند ژانویه فوریه آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر
نوامبر دسامبر محرم صفر رجب شعبان رمضان شوال
كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل ماي جوان جويلية أوت
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січень лютий березень квітень травень червень липень серпень вересень жовтень грудень
leden únor březen duben květen červen červenec srpen říjen
ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
janúar febrúar apríl maí júní júlí ágúst nóvember desember marec máj jún júl junij julij avgust
јануари февруари мај јуни јули октомври ноември студзеня лютага сакавіка красавіка чэрвеня ліпеня жніўня верасня
кастрычніка лістапада снежня janar shkurt prill qershor korrik gusht shtator tetor nëntor dhjetor
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren azaroaren
abenduaren
jän mär mrz
জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
"""
MONTHS = frozenset(_MONTHS.split())
MONTH = "|".join(
    f"{first}(?:{'|'.join(re.escape(month[1:]) for month in months)})"
    for first, months in groupby(sorted(MONTHS, key=lambda month: (month[0], -len(month))), itemgetter(0))
)
"""Any of them, the longer before the shorter; by their first letters, of which most text has another."""

_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag
zondag
måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag poniedziałek wtorek środa czwartek piątek
sobota niedziela понедельник вторник среда четверг пятница суббота воскресенье pazartesi salı çarşamba perşembe cuma
cumartesi pazar
minggu senin selasa rabu kamis jumat sabtu الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت
"""
WEEKDAYS = frozenset(_WEEKDAYS.split())
WEEKDAY = re.compile("|".join(map(re.escape, _WEEKDAYS.split())))
"""A day of the week; a lower-case token."""
