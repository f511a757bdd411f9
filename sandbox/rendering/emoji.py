"""Keeps the shortcodes that are shown as emoji; any other `:name:` stays as it was typed."""

import re

_TABLE = """
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 handshake 🤝 muscle 💪
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 raising_hand 🙋 eyes 👀 brain 🧠 speech_balloon 💬
thought_balloon 💭 smile 😄 slightly_smiling_face 🙂 simple_smile 🙂 grinning 😀 joy 😂 wink 😉 blush 😊
thinking_face 🤔 neutral_face 😐 confused 😕 slightly_frowning_face 🙁 disappointed 😞 cry 😢 heart ❤️
green_heart 💚 blue_heart 💙 tada 🎉 sparkles ✨ star ⭐ star2 🌟 fire 🔥 rocket 🚀 trophy 🏆 medal 🏅 dart 🎯
seedling 🌱 herb 🌿 sunny ☀️ cloud ☁️ umbrella ☔ rainbow 🌈 coffee ☕ white_check_mark ✅
heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ no_entry ⛔ no_entry_sign 🚫 warning ⚠️
rotating_light 🚨 exclamation ❗ question ❓ grey_question ❔ information_source ℹ️ bulb 💡 mag 🔍
mag_right 🔎 lock 🔒 unlock 🔓 key 🔑 bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 hourglass ⌛
hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ clock1 🕐 clock9 🕘 clock10 🕙 calendar 📆 date 📅
spiral_calendar_pad 🗓️ pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 memo 📝 pencil 📝 pencil2 ✏️
clipboard 📋 page_facing_up 📄 page_with_curl 📃 scroll 📜 books 📚 book 📖 bookmark 🔖 bookmark_tabs 📑
label 🏷️ file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ inbox_tray 📥 outbox_tray 📤
envelope ✉️ email 📧 mailbox 📫 package 📦 bar_chart 📊 chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 moneybag 💰 money_with_wings 💸 pound 💷 receipt 🧾 scales ⚖️
classical_building 🏛️ office 🏢 hospital 🏥 school 🏫 house 🏠 globe_with_meridians 🌐 earth_africa 🌍
map 🗺️ compass 🧭 construction 🚧 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰 computer 💻
keyboard ⌨️ robot_face 🤖 shopping_trolley 🛒 shopping_cart 🛒 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️
arrow_down ⬇️ arrow_forward ▶️ arrow_upper_right ↗️ leftwards_arrow_with_hook ↩️ repeat 🔁
arrows_counterclockwise 🔄 back 🔙 new 🆕 recycle ♻️ heavy_plus_sign ➕ heavy_minus_sign ➖ zero 0️⃣
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟
large_green_circle 🟢 large_yellow_circle 🟡 large_orange_circle 🟠 red_circle 🔴 large_blue_circle 🔵
white_circle ⚪ black_circle ⚫ large_green_square 🟩 large_yellow_square 🟨 large_red_square 🟥
small_blue_diamond 🔹 black_small_square ▪️ white_small_square ▫️ busts_in_silhouette 👥
bust_in_silhouette 👤 ghost 👻 zzz 💤 see_no_evil 🙈 wastebasket 🗑️ gb 🇬🇧 uk 🇬🇧 crown 👑
ballot_box_with_ballot 🗳️ bicyclist 🚴 snowflake ❄️ crystal_ball 🔮 test_tube 🧪
"""
_WORDS = _TABLE.split()
EMOJI = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_SHORTCODE = re.compile(r":([a-z0-9_+\-]{1,50}):(?::skin-tone-[2-6]:)?")


def with_emoji(raw: str) -> str:
    """The same text with its known shortcodes replaced."""
    return _SHORTCODE.sub(lambda found: EMOJI.get(found[1], found[0]), raw)
