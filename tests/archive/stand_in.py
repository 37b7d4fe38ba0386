"""A helper that judges nothing: what its file is called says what befalls it. Started as the program's own helper is.

"crash" ends it, "hang" never answers, "slow" takes a while; anything else is a result with the file's words.
"""

import base64
import hashlib
import json
import os
import sys
import time
import zlib
from pathlib import Path

from cardio_desktop.archive.job import Job


def main() -> None:
    job = Job.of(json.loads(sys.stdin.readline()))
    print(json.dumps({"versions": job.versions}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        path = Path(request["path"])
        if "crash" in path.name:
            os._exit(3)
        if "hang" in path.name:
            time.sleep(600)
        if "slow" in path.name:
            time.sleep(0.2)
        with Path(os.environ["STAND_IN_LOG"]).open("a", encoding="utf-8") as log:
            log.write(request["name"] + "\n")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        made = {"sha256": digest, "bytes": path.stat().st_size}
        if digest == request["sha256"]:
            made["same"] = True
        elif "bad" in path.name:
            row = {"error": "unreadable", "message": f"{path.name}: it is bad; mend it."}
            made |= {"row": row, "document": _packed({"path": str(path), "error": row}), "took_s": 0.0}
        else:
            words = path.read_text(encoding="utf-8")
            made |= {"row": {"tier": words}, "document": _packed({"words": words}), "took_s": 0.01}
        print(json.dumps({"id": request["id"], **made}), flush=True)


def _packed(value: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(value).encode())).decode()


main()
