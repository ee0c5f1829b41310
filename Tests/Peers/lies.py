"""What is too long to be written down, spelled out.

In the bytes of a file, `@@3 "t#"@@` stands for `"t0","t1","t2"`, and `@@3x@@` for `xxx`.
"""

import re


def spelled_out(text):
    def many(match):
        first, last = match[2].split(b"#")
        return (last + b"," + first).join(b"%d" % n for n in range(int(match[1]))).join((first, last))

    text = re.sub(rb"@@(\d+) (.*?)@@", many, text)
    return re.sub(rb"@@(\d+)x@@", lambda match: b"x" * int(match[1]), text)
