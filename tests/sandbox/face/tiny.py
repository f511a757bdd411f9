"""Keeps what the tiny app of the browser tests answers: a mention, a button, a command with a form, the Home tab."""

import time
from typing import Any

from slack_bolt import Ack, App, Respond, Say
from slack_sdk import WebClient

from tests.sandbox.face.payloads import Json, actions, asked, button, element, modal, option, plain, section

FORM = modal(
    asked(element("plain_text_input", min_length=3), block_id="question", hint=plain("One sentence.")),
    asked(element("radio_buttons", options=[option("buy", "Buying"), option("run", "Running")]), block_id="team")
    | {"label": plain("Team")},
    asked(element("plain_text_input", initial_value="so far"), block_id="more", optional=True, label=plain("More")),
    callback_id="form",
    title=plain("Ask a curator"),
)
ANSWER: list[Json] = [
    section(text={"type": "mrkdwn", "text": "*G-Cloud 14* is open."}),
    actions(button("useful", text=plain("Useful")), button("form", text=plain("Ask a curator")), button("mute")),
]


def listen(app: App) -> None:
    """Teach the app what to do."""
    app.event("app_mention")(_mentioned)
    app.event("app_home_opened")(_opened)
    app.event("message")(lambda: None)
    app.event("reaction_added")(lambda: None)
    app.action("useful")(_thanked)
    app.action("form")(_form_wanted)
    app.action("mute")(lambda: time.sleep(2.5))  # never acknowledged
    app.command("/tiny")(_form_wanted)
    app.view("form")(_sent)
    app.shortcut("look_up")(_look_up)
    app.shortcut("begin")(_begun)
    app.action("grow")(_grown)
    app.view("steps")(_stepped)


def _mentioned(event: Json, say: Say) -> None:
    say(text="G-Cloud 14 is open.", blocks=ANSWER, thread_ts=event.get("thread_ts"))


def _thanked(ack: Ack, respond: Respond) -> None:
    ack()
    respond(text="Thank you for saying so.", replace_original=False)


def _form_wanted(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=FORM)


def _sent(ack: Ack, body: Json, view: Json, client: WebClient) -> None:
    values: dict[str, dict[str, Any]] = view["state"]["values"]
    question = values["question"]["answer"]["value"]
    if question in ("silly", "slow and silly"):
        time.sleep(0.8 if question.startswith("slow") else 0)
        ack(response_action="errors", errors={"question": "Please ask a real question."})
        return
    ack()
    team, more = values["team"]["answer"]["selected_option"]["value"], values["more"]["answer"]["value"]
    client.chat_postMessage(channel="C0BUYING", text=f"Asked: {question} / {team} / {more} by <@{body['user']['id']}>")


STEPS = modal(
    section(text=plain("Step one"), block_id="s"),
    asked(element("plain_text_input"), block_id="first"),
    asked(element("plain_text_input"), block_id="second", optional=True, label=plain("Notes")),
    actions(button("grow", text=plain("Grow"))),
    callback_id="steps",
    title=plain("Steps"),
)


def _begun(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=STEPS)


def _grown(ack: Ack, body: Json, client: WebClient) -> None:
    """Puts a block on top, so that every field moves down by one."""
    ack()
    taller = [section(text=plain("Grown"), block_id="g"), *STEPS["blocks"]]
    client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view={**STEPS, "blocks": taller})


def _stepped(ack: Ack) -> None:
    ack(response_action="push", view=modal(asked(block_id="last"), title=plain("The last step"), callback_id="form2"))


def _look_up(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    channel, person = body["channel"]["id"], body["user"]["id"]
    client.chat_postEphemeral(channel=channel, user=person, text=f"Looked up: {body['message']['text']}")


def _opened(event: Json, client: WebClient) -> None:
    if event["tab"] == "home":
        blocks = [{"type": "header", "text": plain("Welcome home")}, *ANSWER]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
    else:
        prompts = [{"title": "Still open?", "message": "Is G-Cloud open?"}]
        client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], thread_ts="", prompts=prompts)
