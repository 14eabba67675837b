"""Old and foreign formats to docx or xlsx, through LibreOffice where it is installed.

The program is started for one file and ended: with a profile of its own (two runs that share one
wait for each other), without macros and without following links, in a process group of its own that
is killed when the time is up.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import olefile

from extract.foreign import Foreign, bytes_to_foreign
from schemas.errors import DamagedError, TooLargeError, UnsupportedMediaError
from schemas.source import Document, Media

SECONDS = 120
"""How long a conversion may take; a notice takes 3 to 10, most of it the program's start."""

_PROGRAMS = ("soffice", "libreoffice")
_MOST_MEMORY_KB = 4_000_000
_MOST_OUTPUT_BLOCKS = 400_000
# The name that makes LibreOffice choose the right filter, and what the file becomes.
_TARGETS = {
    Foreign.DOC: ("in.doc", Media.DOCX),
    Foreign.RTF: ("in.rtf", Media.DOCX),
    Foreign.ODT: ("in.odt", Media.DOCX),
    Foreign.XML_WORD: ("in.xml", Media.DOCX),
    Foreign.XLS: ("in.xls", Media.XLSX),
    Foreign.XLSB: ("in.xlsb", Media.XLSX),
    Foreign.ODS: ("in.ods", Media.XLSX),
    Foreign.XML_SHEET: ("in.xml", Media.XLSX),
}
_ELSE = {
    Foreign.OFD: "OFD files are read after WPS Office or another OFD reader saved them as PDF",
    Foreign.SLIDES: "slides are read after LibreOffice or PowerPoint saved them as PDF",
    Foreign.OTHER: "the file is an OLE container that holds no Word or Excel document",
}
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL")
_SCRIPT = (
    f"ulimit -v {_MOST_MEMORY_KB}; ulimit -f {_MOST_OUTPUT_BLOCKS}; "
    "exec 3<&0; (cat <&3 >/dev/null; kill -KILL 0) & "
    'exec "$0" "$@" </dev/null 3<&-'
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">\
<value>{value}</value></prop></item>
"""
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
)


def convert(document: Document, seconds: float = SECONDS) -> Document:
    """A document in a foreign format as docx or xlsx; `source` and `sha256` stay those of the file.

    Raises UnsupportedMediaError where LibreOffice is not installed or cannot help, DamagedError
    where it makes nothing of the file, TooLargeError where it takes longer than `seconds`.
    """
    foreign = bytes_to_foreign(document.data, document.source)
    if foreign not in _TARGETS:
        what = (
            _ELSE.get(foreign, "the format is not known") if foreign else "it needs no conversion"
        )
        raise UnsupportedMediaError(what)
    _refuse_broken(document.data)
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise UnsupportedMediaError(
            f"{foreign.value} files are read through LibreOffice, which is not installed"
        )
    name, media = _TARGETS[foreign]
    with tempfile.TemporaryDirectory(prefix="xiada-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, name)
        source.write_bytes(document.data)
        data = _run(program, source, media, seconds)
    return replace(document, media=media, data=data)


def _refuse_broken(data: bytes) -> None:
    """LibreOffice takes the bytes of a container that it cannot open for a text."""
    if not data.startswith(olefile.MAGIC):
        return
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            container.listdir()
    # A damaged container may fail in any of these ways.
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise DamagedError("the old Office file is broken or cut off") from error


def _run(program: str, source: Path, media: Media, seconds: float) -> bytes:
    """Let LibreOffice convert a file that lies alone in its folder."""
    folder = source.parent
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
    (profile / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), "utf-8")
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--convert-to",
        media.value,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    _wait(_limited(command, seconds), folder, seconds)
    made = folder / "out" / f"in.{media.value}"
    if not made.is_file():
        raise DamagedError("LibreOffice could make nothing of the file")
    return made.read_bytes()


def _limited(command: list[str], seconds: float) -> list[str]:
    """The command under limits of memory, output and time; it ends with its group when the process
    that started it dies and its end of the pipe closes."""
    shell, timeout = shutil.which("sh"), shutil.which("timeout")
    if shell is None:
        return command
    if timeout is not None:
        command = [timeout, "--kill-after=1", str(int(seconds) + 5), *command]
    return [shell, "-c", _SCRIPT, *command]


def _wait(command: list[str], folder: Path, seconds: float) -> None:
    """Run a command to its end; its group is killed when the time is up."""
    kept = {key: value for key, value in os.environ.items() if key in _ENVIRONMENT}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**kept, "HOME": str(folder), "TMPDIR": str(folder)},
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise TooLargeError(f"LibreOffice took longer than {seconds:.0f} seconds") from error
        finally:
            _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the process and all that it started, also what outlived it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.poll()
