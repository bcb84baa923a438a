"""The commands Telegram offers in its menu. What they do is said in ``dialogs/commands.py``."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

NAMES = {
    "new": "重新开始",
    "back": "上一步",
    "summary": "我的回答",
    "find": "查条款，例如 /find 标识解析",
    "asof": "换日期，例如 /asof 2024-03-15",
    "why": "为什么问这个",
    "report": "把结果存成文件",
    "staff": "转人工；没有人时告诉您问哪个部门",
    "elsewhere": "换设备接着用",
    "export": "导出我的数据",
    "forget": "删除我的全部数据",
    "help": "帮助",
}
_IN_GROUPS = ("new", "back", "summary", "find", "asof", "why", "report", "help")  # one's own data is a private matter


async def offer_commands(bot: Bot) -> None:
    """Set the menus, for private chats and for groups."""
    start = BotCommand("start", "开始，或接着上次的来")
    private = [start, *(BotCommand(name, told) for name, told in NAMES.items())]
    groups = [start, *(BotCommand(name, NAMES[name]) for name in _IN_GROUPS)]
    await bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats())
