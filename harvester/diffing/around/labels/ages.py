"""How long ago a page was updated, as its server writes it again each day: in numbers, and by the name of a day."""

from __future__ import annotations

AGES = (
    r"(?:an?|one|two|three|\d+) (?:second|minute|hour|day|week|month|year)s? ago",
    r"vor (?:über )?(?:einem|einer|\d+) (?:tag|woche|monat|jahr|stunde|minute)\w*(?: aktualisiert)?",
    r"il y a (?:plus d['’] ?)?(?:un|une|\d+) (?:jour|semaine|mois|an|heure|minute)s?",
    r"hace (?:más de )?(?:un|una|\d+) (?:día|semana|mes|año|hora|minuto)\w*",
    r"(?:un|una|\d+) (?:giorn|settiman|mes|ann|or|minut)\w+ fa",
    r"há (?:mais de )?(?:um|uma|\d+) (?:dia|semana|mês|meses|ano|hora|minuto)\w*",
    r"(?:een|\d+) (?:dag|dagen|week|weken|maand|maanden|jaar|uur|minuut|minuten) geleden",
    r"(?:för|for) (?:en|ett|\d+) (?:dag|veck|uge|uke|månad|måned|år|tim|minut)\w* (?:sedan|siden)",
    r"(?:\d+ )?(?:dni|dzień|tydzień|tygodni\w*|miesi\w+|rok|lata?|godzin\w*|minut\w*) temu",
    r"(?:\d+ )?(?:день|дн\w+|недел\w+|мес(?:яц\w*|\.)?|год\w*|лет|час\w*|минут\w*|роки?|тиж\w+) (?:назад|тому)",
    r"\d+ (?:gün|hafta|ay|yıl|saat|dakika) önce|pred \d+ \w+|před \d+ \w+|\d+ \w+ (?:sitten|ezelőtt)",
    r"πριν(?: από)? \d+ \w+|\d+ (?:ngày|tuần|tháng|năm|giờ|phút) trước"
    r"|\d+ (?:hari|minggu|bulan|tahun|jam) (?:yang )?lalu",
    r"\d+ ?(?:日|週間|[かヶカケ]月|年|時間|分|天|周|个月|個月|小时|小時|分钟|分鐘|일|주|개월|년|시간|분) ?(?:前|전)",
    r"(?:منذ|قبل) (?:\d+ )?\w+|לפני (?:\d+ )?\S+|\d+ ?(?:วัน|สัปดาห์|เดือน|ปี|ชั่วโมง)(?:ที่แล้ว|ที่ผ่านมา)",
)
UPDATED = (
    r"(?:(?:this (?:page|article|policy|document) (?:was |has been )?)?(?:last )?(?:updated|modified|edited|posted"
    r"|published) ?:? (?:about |over |almost |more than )?|aktualisiert "
    r"|mis à jour |actualizado |aggiornato |atualizado |bijgewerkt |uppdaterad(?:es)? |opdateret |oppdatert "
    r"|zaktualizowano |обновлено |aktualizováno |güncellendi |تم التحديث |עודכן )?"
)
DAYS = (
    r"(?:(?:just )?now|recently|today|yesterday|(?:earlier )?(?:this|last) (?:week|month|year)|heute|gestern|kürzlich"
    r"|(?:diese|letzte)[nrs]? (?:woche|monat|jahr)|aujourd'hui|hier|récemment|cette (?:semaine|année)|ce mois(?:-ci)?"
    r"|la semaine dernière|le mois dernier|hoy|ayer|recientemente|est[ae] (?:semana|mes|año|mês|ano)|la semana pasada"
    r"|oggi|ieri|quest[ao] (?:settimana|mese|anno)|la settimana scorsa|hoje|ontem|na semana passada|vandaag|gisteren"
    r"|(?:deze|vorige) (?:week|maand)|i ?dag|i ?går|dzisiaj|dziś|wczoraj|w tym tygodniu|сегодня|вчера"
    r"|на (?:этой|прошлой) неделе|bugün|dün|bu hafta|今日|昨日|今週|今天|昨天|本周|오늘|어제|이번 주"
    r"|اليوم|أمس|היום|אתמול)"
)
"""Days by which an age is told without a number: behind a word such as "updated" only."""
UPDATED_BEHIND = (
    r"(?: ?(?:bijgewerkt|aktualisiert|güncellendi|(?:に)?(?:更新|公開)(?:しました|されました)?|发布|發布|päivitetty))?"
)
