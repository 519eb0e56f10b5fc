"""Pages to look things up: the thirty rights, and the words."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from classroom.content.model import Article
from classroom.errors import Missing
from classroom.learning.rights_map import tiles
from classroom.learning.views.catalogue import lesson_row, own_standing
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.library import library

blueprint = Blueprint("reference", __name__)


def article_called(person: Any, number: int) -> Article:
    article = library().articles.get(number)
    if article is None:
        raise Missing("")
    return article


@blueprint.get("/rights")
@allow(Can.READ, public=True)
def rights() -> str:
    shown = library()
    return render_template(
        "learning/rights.html", place="rights", articles=shown.articles.values(), tiles=tiles(shown, own_standing())
    )


@blueprint.get("/rights/<int:number>")
@allow(Can.READ, article_called, public=True)
def right(article: Article) -> str:
    shown, standing = library(), own_standing()
    return render_template(
        "learning/right.html",
        place="rights",
        article=article,
        tile=tiles(shown, standing)[article.number - 1],
        lessons=[lesson_row(lesson, standing) for lesson in shown.lessons_about(article.number)],
        previous=shown.articles.get(article.number - 1),
        next=shown.articles.get(article.number + 1),
    )


@blueprint.get("/glossary")
@allow(Can.READ, public=True)
def glossary() -> str:
    return render_template("learning/glossary.html", place="", terms=library().terms.values())
