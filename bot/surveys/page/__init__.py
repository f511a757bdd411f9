"""A report as a page that anybody can read and print, without Slack, scripts or colours that mean something."""

from bot.surveys.page.page import PAGE, page

__all__ = ["PAGE", "page"]
