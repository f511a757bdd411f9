"""Keeps the facts of Slack's app manifest that this bot can meet: which keys exist, how long their values may be.

Facts: docs.slack.dev/reference/app-manifest and the manifest.schema.2.0.0.json that Slack publishes. Keys of hosted
("next-generation") apps are known by name only: this bot runs on its owner's machine.
"""

from sandbox.validation.shapes import Check, Shape, anything, array, boolean, integer, one_of, record, string

_WEB = r"(?i)https?://.*"


def _text(most: int, least: int = 1) -> Check:
    return string(most, least)


def _names(most: int, *, unique: bool = True) -> Check:
    return array(string(50, 1), most, unique=unique)


_PROMPT = record({"title": string(), "message": string()})
_DISPLAY = record(
    {"name": _text(35)},
    {
        "description": _text(140),
        # Too short is refused as well, which surprises: fewer than 175 characters make no long description.
        "long_description": _text(4000, 175),
        "background_color": string(7, 4, pattern=r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?"),
    },
)
_SHORTCUT = record(
    {
        "name": _text(24),
        "type": one_of("message", "global"),
        "callback_id": _text(255),
        "description": _text(150),
    }
)
_COMMAND = record(
    {"command": string(32, 2, pattern=r"/\S*"), "description": _text(2000)},
    {"url": string(3000, pattern=_WEB), "usage_hint": _text(1000), "should_escape": boolean},
)
_FEATURES = record(
    {},
    {
        "app_home": record(
            {},
            {
                "home_tab_enabled": boolean,
                "messages_tab_enabled": boolean,
                "messages_tab_read_only_enabled": boolean,
            },
        ),
        "bot_user": record({"display_name": _text(80)}, {"always_online": boolean}),
        "shortcuts": array(_SHORTCUT, 10, 1),
        "slash_commands": array(_COMMAND, 50, 1),
        "unfurl_domains": array(string(255, pattern=r"(?![.\-])([-a-z0-9.])+([a-z0-9])"), 5, 1, unique=True),
        "agent_view": record(
            {},
            {
                "agent_description": string(300),
                "suggested_prompts": array(_PROMPT, 4),
                "actions": array(record({"name": string(), "description": string()})),
            },
        ),
        "assistant_view": record({"assistant_description": string()}, {"suggested_prompts": array(_PROMPT)}),
        "code_channels": anything,
        "functions": anything,
        "workflow_steps": anything,
    },
)
_SCOPES = record({}, {who: _names(255) for who in ("bot", "user", "bot_optional", "user_optional")})
_OAUTH = record(
    {},
    {
        "redirect_urls": array(string(2500), 1000, unique=True),
        "scopes": _SCOPES,
        "token_management_enabled": boolean,
        "pkce_enabled": boolean,
    },
)
_REQUEST_URL = string(3500, pattern=_WEB)
_SETTINGS = record(
    {},
    {
        "event_subscriptions": record(
            {},
            {
                "request_url": _REQUEST_URL,
                "bot_events": _names(100),
                "user_events": _names(100),
                "metadata_subscriptions": array(
                    record({"app_id": string(), "event_type": string(50)}), 20, 1, unique=True
                ),
            },
        ),
        "interactivity": record(
            {"is_enabled": boolean}, {"request_url": _REQUEST_URL, "message_menu_options_url": _REQUEST_URL}
        ),
        "incoming_webhooks": record({}, {"incoming_webhooks_enabled": boolean}),
        "allowed_ip_address_ranges": array(string(), 50, 1, unique=True),
        "org_deploy_enabled": boolean,
        "socket_mode_enabled": boolean,
        "token_rotation_enabled": boolean,
        "is_hosted": boolean,
        "is_mcp_enabled": boolean,
        "function_runtime": string(),
        "hermes_app_type": string(),
        "siws_links": anything,
    },
)
_VERSION: Shape = {name: integer(0) for name in ("schema_version", "min_version", "major_version", "minor_version")}
_HOSTED = ("app_directory", "functions", "workflows", "datastores", "outgoing_domains", "types")
_MANIFEST = record(
    {"display_information": _DISPLAY},
    {
        "$schema": string(),
        "_metadata": record({}, _VERSION),
        "features": _FEATURES,
        "oauth_config": _OAUTH,
        "settings": _SETTINGS,
        **dict.fromkeys((*_HOSTED, "external_auth_providers", "mcp_servers"), anything),
    },
)


def faults_in_manifest(manifest: object) -> list[str]:
    """Everything Slack would refuse in this manifest (docs.slack.dev/reference/app-manifest)."""
    return list(_MANIFEST(manifest, ""))
