"""A Slack workspace on this machine; the contract is docs/playground.md."""
