"""A small sound lessons folder with every block and every kind, and ways to break it."""

from __future__ import annotations

from pathlib import Path

from classroom.content.ids import keep_ids
from classroom.content.reader import read_library

LESSON = "speaking/limits/lesson.md"
QUIZ = "speaking/limits/quiz.yaml"
GUIDE = "speaking/limits/teach.md"
PICTURE = "speaking/limits/img/tree.svg"
COURSE = "speaking/course.yaml"
COURSE_QUIZ = "speaking/quiz.yaml"
IDS = "speaking/ids.txt"
OTHER_LESSON = "speaking/listening/lesson.md"


def sound_lessons(root: Path) -> Path:
    """Write the folder below `root`, with all its ids kept."""
    for file, text in FILES.items():
        write(root, file, text)
    keep_ids(root)
    return root


def write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def change(root: Path, file: str, old: str, new: str) -> int:
    """Put `new` in the place of `old`, which stands once; the line where `new` begins."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    write(root, file, text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def problems(root: Path) -> list[str]:
    """Everything to mend, as `classroom content check` prints it."""
    return [str(problem) for problem in read_library(root).problems if not problem.is_warning]


def warnings(root: Path) -> list[str]:
    return [str(problem) for problem in read_library(root).problems if problem.is_warning]


_PATHS = {"pupils": "speaking", "students": "", "teachers": "", "facilitators": "", "media": "", "organisations": ""}

FILES = {
    "catalogue.yaml": """\
courses: [speaking]
topics:
  basics: พื้นฐาน
  voice: เสียงของเรา
paths:
"""
    + "".join(
        f"  - {{id: {audience}, title: ทาง, summary: สำหรับใคร, courses: [{courses}]}}\n"
        for audience, courses in _PATHS.items()
    ),
    "glossary.yaml": """\
- id: proportionate
  term: ได้สัดส่วน
  english: proportionate
  line: ไม่เกินกว่าที่จำเป็น
  example: ห้ามใช้เสียงดังตอนกลางคืน ไม่ใช่ตลอดวัน
- id: consent
  term: ความยินยอม
  english: consent
  line: ตอบตกลงโดยรู้ว่าตกลงเรื่องอะไร
  example: เพื่อนอนุญาตให้ลงรูปหนึ่งรูป
""",
    "rights.yaml": "".join(
        f"- {{number: {number}, title: ข้อ {number}, child: สำหรับเด็ก, adult: สำหรับผู้ใหญ่, example: ตัวอย่าง}}\n"
        for number in range(1, 31)
    ),
    "helplines.yaml": """\
checked: 2026-11-24
lines:
  - {id: "1387", name: สายเด็ก, number: "1387", hours: ตลอดวัน, cost: โทรฟรี, good_for: เด็กทุกคน, source: สายเด็ก}
  - {id: "1300", name: ศูนย์ช่วยเหลือ, number: "1300", good_for: ทุกคน, source: กระทรวง}
""",
    "wording.yaml": """\
- {avoid: [ผู้พิการ], use: [คนพิการ], reason: กฎหมายและคนพิการเองใช้คำนี้, unless: [พระราชบัญญัติผู้พิการ]}
- {avoid: [ทะลัก], reason: เทียบคนกับน้ำท่วม}
""",
    COURSE: """\
id: speaking
title: พูดได้|แค่ไหน
summary: เรื่องของเสียง
audience: [pupils]
level: beginner
topics: [voice]
articles: [19]
priority: ["1.1"]
lenses: []
objectives:
  - {id: use-the-test, text: ใช้หลักสามข้อตรวจ, domain: P}
lessons: [limits, listening, unfinished]
""",
    COURSE_QUIZ: """\
pre:
  - id: speaking-pre-1
    kind: true-false
    level: recall
    objective: use-the-test
    article: 19
    ask: คำสั่งปากเปล่าพอจะจำกัดได้
    answer: false
    why: {true: "ยังไม่พอ", false: "ถูก"}
    see: limits#three-principles
post:
  - id: speaking-post-1
    kind: true-false
    level: recall
    objective: know-the-aims
    article: 19
    ask: มารยาทเป็นกฎหมาย
    answer: false
    why: {true: "ยังไม่ใช่", false: "ถูก"}
    see: limits#three-principles
""",
    LESSON: """\
---
id: limits
title: รัฐจำกัดเสรีภาพใน|การแสดงออกได้เมื่อไร
summary: จำกัดได้เมื่อผ่านหลักสามข้อ
minutes: 10
articles: [19, 29]
priority: "1.1"
lenses: []
content_note: 1
objectives:
  - {id: know-the-aims, text: บอกเหตุผลที่ยอมให้จำกัดได้, domain: K}
last_checked: 2026-11-24
reviewed_by: []
sources:
  - {id: gc34, text: ความเห็นทั่วไปฉบับที่ 34}
  - {id: iccpr19, text: กติกา ICCPR ข้อ 19}
---

::: think
ผู้อำนวยการสั่งลบโพสต์ได้ไหม
:::

::: case กรณีสมมุติ
ใบเตยลงรูปถาดอาหาร มีคนมาเล่าเรื่องคล้าย\u00a0ๆ กัน
:::

## หลักสามข้อ {#three-principles}

เสรีภาพจำกัดได้[^iccpr19] แต่ต้อง**[ได้สัดส่วน]{gloss=proportionate}** อ่านต่อที่[บทถัดไป](/courses/speaking/listening#begin)

::: principles
1. มีกฎหมายเขียนไว้[^gc34]
2. มีเหตุผลที่ยอมรับ
3. จำเป็น
:::

::: law
กฎหมายไทย | รัฐธรรมนูญรับรองเสรีภาพ
มาตรฐานสากล | กติการับรองเสรีภาพ[^iccpr19]
:::

![ต้นไม้หนึ่งต้น](img/tree.svg "เสรีภาพเติบโต")

| หลัก | ผ่านไหม |
|---|---|
| กฎหมาย | ไม่ผ่าน |

::: timeline
- 2491 | มีปฏิญญาสากล[^iccpr19]
- 10 ธ.ค. 2491 | ประกาศใช้
:::

## ลองใช้ {#try-it}

::: check limits-1
:::

::: check limits-2
:::

::: check limits-3
:::

:::: note level=1 about="การลงโทษ"
::: short
มีคนถูกทำโทษ
:::
ครูลงโทษทั้งห้อง

::: case กรณีสมมุติ
ทั้งห้องถูกยึดโทรศัพท์
:::
::::

::: checklist id=before-posting
- true | จริงไหม
- kind | ทำร้ายใครไหม
:::

::: reflect id=my-moment
ครั้งไหนที่เราไม่กล้าพูด
:::

::: help 1387
:::

::: summary
- จำกัดได้
- แต่ต้องครบสามข้อ
- ถามหาวิธีที่เบากว่า
:::

::: action safe=ask
เขียนถึงสภานักเรียน
ทางเลือก | จดไว้อ่านเอง
:::
""",
    QUIZ: """\
- id: limits-1
  kind: one-choice
  level: recall
  objective: know-the-aims
  article: 19
  ask: ข้อไหน**ไม่ใช่**เหตุผลที่ยอมให้จำกัด
  choices:
    - {id: health, text: สุขภาพของประชาชน, why: "อยู่ในรายการ"}
    - {id: comfort, text: ความสบายใจของผู้มีอำนาจ, right: true, why: "ไม่อยู่ในรายการ"}
    - {id: others, text: ชื่อเสียงของผู้อื่น, why: "อยู่ในรายการ"}
- id: limits-2
  kind: matching
  level: apply
  objective: use-the-test
  article: 19
  ask: จับคู่
  rows:
    - {id: r1, text: คำสั่งปากเปล่า, match: law, why: "ไม่มีกฎหมาย"}
    - {id: r2, text: ห้ามตลอดปี, match: need, why: "เกินจำเป็น"}
    - {id: r3, text: กันอึดอัดใจ, match: aim, why: "ไม่อยู่ในรายการ"}
  choices:
    - {id: law, text: กฎหมาย}
    - {id: need, text: ความจำเป็น}
    - {id: aim, text: เหตุผล}
- id: limits-3
  kind: short-text
  level: recall
  objective: know-the-aims
  article: 19
  ask: ห้ามเกินจำเป็นเรียกว่าไม่อะไร
  accept: [ได้สัดส่วน]
  why: {right: "ถูก", wrong: "คำนี้อยู่ในหลักข้อสาม"}
  see: listening#begin
""",
    GUIDE: """\
# แผนการจัดการเรียนรู้ · 50 นาที

## ลำดับกิจกรรม {#plan}

| นาที | ทำอะไร |
|---|---|
| 0–5 | ชวนคิด |
""",
    PICTURE: """\
<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">
  <rect width="320" height="180" fill="#fffdf6"/>
  <circle cx="160" cy="80" r="40" fill="#ffd60a"/>
</svg>
""",
    OTHER_LESSON: """\
---
id: listening
title: ฟังให้จบ
short: ฟัง
summary: ฟังก่อนตอบ
minutes: 5
articles: [19]
topics: [basics]
priority: other
objectives:
  - {id: use-the-test, text: ใช้หลักสามข้อตรวจ, domain: P}
last_checked: 2026-11-24
sources:
  - {id: iccpr19, text: กติกา ICCPR ข้อ 19}
---

## เริ่ม {#begin}

ฟังก่อน[^iccpr19]

::: check listening-1
:::

::: check listening-2
:::

::: check listening-3
:::
""",
    "speaking/listening/quiz.yaml": """\
- id: listening-1
  kind: several-choices
  level: recall
  objective: use-the-test
  article: 19
  ask: ข้อไหนคือการฟัง
  choices:
    - {id: wait, text: รอให้จบ, right: true, why: "ใช่"}
    - {id: talk, text: พูดแทรก, why: "ยังไม่ใช่"}
- id: listening-2
  kind: ordering
  level: apply
  objective: use-the-test
  article: 19
  ask: เรียงลำดับ
  steps:
    - {id: answer, text: ตอบ, why: "ทีหลัง"}
    - {id: hear, text: ฟัง, why: "ก่อน"}
    - {id: think, text: คิด, why: "ระหว่างกลาง"}
  order: [hear, think, answer]
- id: listening-3
  kind: true-false
  level: analyse
  objective: use-the-test
  article: 19
  ask: ฟังคือเห็นด้วย
  answer: false
  why: {true: "ฟังได้โดยไม่เห็นด้วย", false: "ถูก"}
""",
}
FILES["speaking/unfinished/lesson.md"] = (
    FILES[OTHER_LESSON]
    .replace("id: listening", "id: unfinished\nneeds: lawyer")
    .replace("check listening", "check unfinished")
)
FILES["speaking/unfinished/quiz.yaml"] = FILES["speaking/listening/quiz.yaml"].replace("listening-", "unfinished-")
