"""Thai sentences said from Python. What stands in a page, a form or a letter stands there."""

SITE_NAME = "ห้องเรียนสิทธิ"

UNKNOWN_ANSWER = "คำตอบนี้ไม่มีในข้อคำถาม หน้านี้อาจเก่าไปแล้ว เปิดหน้าใหม่แล้วลองตอบอีกครั้ง"
ANSWER_TOO_LONG = "คำตอบยาวเกินไป ช่องนี้รับได้ไม่เกิน 500 ตัวอักษร ตัดให้สั้นลงแล้วส่งใหม่"

# What is held, and why (Holding.purpose, Holding.kept)
KEPT_30_DAYS = "30 วันนับจากครั้งสุดท้ายที่คุณเข้ามา"
KEPT_FOR_NOBODY = "ไม่มีข้อมูลของใครอยู่ในตารางนี้"
WHY_SESSIONS = "จำเครื่องที่คุณใช้ จะได้กลับมาเรียนต่อได้"
WHY_PERSON = "ผูกคำตอบของคุณไว้ด้วยกัน โดยไม่มีชื่อและไม่มีอีเมล"
WHY_ATTEMPTS = "เก็บคำตอบแบบทดสอบ เพื่อให้ทำต่อได้และอธิบายได้ว่าข้อไหนถูกเพราะอะไร"
WHY_PROGRESS = "จำว่าเรียนถึงไหน และระบายแผนที่สิทธิของคุณ"
WHY_TICKS = "จำรายการที่คุณติ๊กไว้"
WHY_REFLECTIONS = "เก็บบันทึกส่วนตัวที่คุณกดเก็บไว้ โดยเข้ารหัส"
WHY_QUIZ_VERSIONS = "เก็บแบบทดสอบฉบับที่มีคนทำไปแล้ว เพื่อให้ผลเก่ายังอธิบายได้"

# Names of things that the lesson files name in English
AUDIENCES = {
    "pupils": "นักเรียน",
    "students": "นักศึกษา",
    "teachers": "ครู",
    "facilitators": "กระบวนกร",
    "media": "สื่อมวลชน",
    "organisations": "หน่วยงาน",
}
LEVELS = {"beginner": "เริ่มต้น", "middle": "ปานกลาง", "advanced": "เข้มข้น"}

# True or false
STATEMENT_IS_RIGHT = "ถูก"
STATEMENT_IS_WRONG = "ผิด"

# Forms and where they came from
FOREIGN_FORM = "แบบฟอร์มนี้ส่งมาจากเว็บไซต์อื่น เราจึงไม่รับ ถ้าคุณเป็นคนกดเอง ให้เปิดหน้าของเราแล้วกดใหม่อีกครั้ง"
PRESS_ONCE_MORE = "เบราว์เซอร์นี้ไม่ได้บอกว่าแบบฟอร์มมาจากหน้าของเรา กดอีกครั้งเพื่อยืนยัน สิ่งที่คุณพิมพ์ยังอยู่ครบ"

# Lessons: what a screen reader hears, and words by which the lesson files name things
SOURCE_NUMBER = "แหล่งอ้างอิง {number}"
TABLE_NAMED = "ตาราง: {columns}"
MADE_UP_CASE = "กรณีสมมุติ"
REAL_CASE = "กรณีจริง"
THAI_LAW = "กฎหมายไทย"
INTERNATIONAL_STANDARD = "มาตรฐานสากล"
OTHER_WAY = "ทางเลือก"
AVOID_WORD = "เลี่ยงคำว่า “{word}” {reason}"
AVOID_WORD_USE = "เลี่ยงคำว่า “{word}” ใช้ {use} แทน {reason}"

# Learning
ALREADY_HANDED_IN = "แบบทดสอบครั้งนี้ส่งไปแล้ว คำตอบที่มาทีหลังจึงไม่ได้บันทึก คะแนนเดิมยังอยู่ครบ"
ANSWER_FIRST = "ยังไม่ได้ตอบ เลือกหรือพิมพ์คำตอบก่อน แล้วกดตรวจคำตอบ"
ANSWER_THE_REST = "ยังตอบไม่ครบทุกช่อง ตอบช่องที่เหลือก่อน แล้วกดตรวจคำตอบ"
REFLECTION_TOO_LONG = "บันทึกยาวเกินไป เก็บได้ไม่เกิน 2,000 ตัวอักษร ตัดให้สั้นลงแล้วกดเก็บอีกครั้ง"
TILE_EMPTY = "สิทธิข้อ {number} {title} ยังไม่มีคำถามในคอร์สที่คุณเริ่มเรียน"
TILE = "สิทธิข้อ {number} {title} ตอบถูก {right} จาก {total} ข้อ"
STEP_GO_ON = "เรียนต่อจากที่ค้างไว้"
STEP_NEXT_LESSON = "บทต่อไป"
STEP_POST_TEST = "ทำแบบทดสอบหลังเรียน"
STATES = {"": "ยังไม่ได้เปิด", "opened": "เปิดอ่านแล้ว", "finished": "เรียนจบแล้ว", "passed": "ผ่านแล้ว"}
LESSONS_FINISHED = "เรียนจบ {finished} จาก {total} บท"
MINUTES_AT_MOST = "ไม่เกิน {minutes} นาที"
ARTICLE = "ข้อ {number} {title}"

# Guests
WE_REMEMBER = "เราจำคำตอบของคุณไว้บนเครื่องนี้ 30 วันหลังเข้ามาครั้งล่าสุด โดยไม่รู้ว่าคุณเป็นใคร ดูหรือลบได้ที่หน้า ของฉัน"
