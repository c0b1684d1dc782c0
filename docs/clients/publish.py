"""Publishes pictures of one person and prints what comes of each. Python 3.8 or newer, without packages.

    PAFFMEM_TOKEN=... python3 publish.py PERSON PICTURE...

PAFFMEM_GATEWAY and PAFFMEM_DASHBOARD say where they are, if not here. PAFFMEM_PICTURE=face if the faces are cut out.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

GATEWAY = os.environ.get("PAFFMEM_GATEWAY", "http://localhost:8080")
DASHBOARD = os.environ.get("PAFFMEM_DASHBOARD", "http://localhost:8090")
PICTURE = os.environ.get("PAFFMEM_PICTURE", "whole")
HEADERS = {"Authorization": "Bearer " + os.environ["PAFFMEM_TOKEN"]}


def publish(person, stream, sequence, file):
    """True if the picture is on the topic: an event will come."""
    url = f"{GATEWAY}/v1/people/{person}/frames?stream={stream}&sequence={sequence}&picture={PICTURE}"
    with open(file, "rb") as picture:
        request = urllib.request.Request(url, picture.read(), HEADERS, method="POST")
    request.add_header("Content-Type", "application/octet-stream")
    try:
        with urllib.request.urlopen(request):
            return True
    except urllib.error.HTTPError as refused:
        said = json.load(refused)
        print(f"{file}: {said['code']}, {said['message']}", file=sys.stderr)
        return False


def main(person, files):
    name = urllib.parse.quote(person, safe="")
    # Frames of a stream count up from 0, so each run has a stream of its own.
    stream = f"example-{time.time_ns()}"
    # Events begin with the present, so ask for them before anything is published.
    request = urllib.request.Request(f"{DASHBOARD}/v1/emotions?person={name}", headers=HEADERS)
    with urllib.request.urlopen(request) as events:
        expected = sum(publish(name, stream, *each) for each in enumerate(files))
        while expected > 0:
            line = events.readline()
            if not line:
                sys.exit("the dashboard has ended the events")
            if line.startswith(b"data: "):
                event = json.loads(line[6:])
                if event["stream"] == stream:
                    print(event["sequence"], f"{event['arousal']:.2f} {event['valence']:.2f}", event["source"])
                    expected -= 1


main(sys.argv[1], sys.argv[2:])
