#!/bin/sh
# The group of the udev rules must be there before they are: udev passes over a group that it doesn't know.
set -e
getent group redsail >/dev/null || groupadd --system redsail
