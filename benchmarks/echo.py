"""The floors' servers: `python -m benchmarks.echo PORT [API_BASE]`, line-bot-sdk's parser on the same waitress.

Without an address of LINE it parses, stores nothing and answers nobody. With one it does as the SDK's README shows: a
new client for each event, the reply sent inside the webhook.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from flask import Flask, abort, request
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent
from waitress import serve

from benchmarks.spoken import SECRET, TOKEN
from bot.config import Server


def create_app(answer: Callable[[MessageEvent], None] | None) -> Flask:
    """Build an application with a webhook and a health page."""
    app = Flask(__name__)
    parser = WebhookParser(SECRET)

    @app.post("/callback")
    def callback() -> str:
        try:
            events = parser.parse(request.get_data(as_text=True), request.headers["X-Line-Signature"])
        except InvalidSignatureError:
            abort(400)
        for event in events:
            if answer and isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
                answer(event)
        return "OK"

    @app.get("/healthz")
    def healthz() -> str:
        return "OK"

    return app


def replier(api_base: str) -> Callable[[MessageEvent], None]:
    """Answer an event by what it said."""
    configuration = Configuration(host=api_base, access_token=TOKEN)

    def reply(event: MessageEvent) -> None:
        with ApiClient(configuration) as client:
            messages = [TextMessage(text=event.message.text)]
            MessagingApi(client).reply_message_with_http_info(
                ReplyMessageRequest(replyToken=event.reply_token, messages=messages)
            )

    return reply


def main() -> None:
    """Serve as the command line says, with the bot's own number of threads."""
    answer = replier(sys.argv[2]) if len(sys.argv) > 2 else None
    serve(create_app(answer), host="127.0.0.1", port=int(sys.argv[1]), threads=Server().threads, ident=None)


if __name__ == "__main__":
    main()
