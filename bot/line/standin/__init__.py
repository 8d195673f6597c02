"""A local stand-in for LINE: its Messaging API, its webhooks and the people in the chats. See docs/standin.md."""

from bot.line.standin.app import create_standin
from bot.line.standin.faults import Fault
from bot.line.standin.model import StandInError
from bot.line.standin.platform import ALL, BOT, Happening, Platform
from bot.line.standin.server import StandInServer
from bot.line.standin.settings import BOT_USER_ID, TEST_SECRET, TEST_TOKEN, Settings
from bot.line.standin.webhooks import Delivery, sign

__all__ = [
    "ALL",
    "BOT",
    "BOT_USER_ID",
    "TEST_SECRET",
    "TEST_TOKEN",
    "Delivery",
    "Fault",
    "Happening",
    "Platform",
    "Settings",
    "StandInError",
    "StandInServer",
    "create_standin",
    "sign",
]
