from tests.browser import Browser


def test_try(browser: Browser) -> None:
    for p in [
        "/",
        "/courses",
        "/courses/speaking",
        "/courses/speaking/limits",
        "/courses/speaking/listening",
        "/courses/speaking/limits/quiz",
        "/courses/speaking/quiz/post",
        "/courses/speaking/quiz/pre",
        "/courses/speaking/limits/teach",
        "/rights",
        "/rights/1",
        "/glossary",
        "/about",
        "/me",
        "/nope",
    ]:
        try:
            page = browser.visit(p)
            print(p, page.status, page.heading)
        except AssertionError as e:
            print(e)
