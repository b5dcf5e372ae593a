"""The browser of a run: found and started when a page first needs it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from harvester.errors import ConfigurationError
from harvester.rendering.program import browser_program, installed
from harvester.rendering.rendered import Answering, Rendered, ToRender

if TYPE_CHECKING:
    from harvester.rendering.browser import Browser


class BrowserOnDemand:
    """Renders as `Browser` does, until `stop` is set. `named` is the setting `browser`. Thread-safe."""

    def __init__(self, named: str = "", stop: threading.Event | None = None) -> None:
        self._named, self._stop = named, stop
        self._lock = threading.Lock()
        self._browser: Browser | None = None

    @property
    def is_there(self) -> bool:
        """Whether pages can be rendered: the extra is installed, and there is a browser.

        Raises ConfigurationError where one is named in the settings and is not there.
        """
        if not installed():
            return False
        try:
            browser_program(self._named)
        except ConfigurationError:
            if self._named:
                raise
            return False
        return True

    def render(self, page: ToRender, answering: Answering) -> Rendered:
        """Return a page after its scripts; see `Browser.render`."""
        with self._lock:
            if self._browser is None:
                from harvester.rendering.browser import Browser

                self._browser = Browser(browser_program(self._named), stop=self._stop).__enter__()
        return self._browser.render(page, answering)

    def close(self) -> None:
        """End the browser, if one was started."""
        with self._lock:
            if self._browser is not None:
                self._browser.__exit__()
                self._browser = None
