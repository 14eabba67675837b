"""The damages that are measured, each with the kind of file that it usually comes in."""

from benchmarks.scans.damage import Damage, Turn
from benchmarks.scans.pictures import PictureFile
from benchmarks.scans.seals import Seal

SCANS: dict[str, tuple[Damage, PictureFile]] = {
    "clean": (Damage(), PictureFile.PNG),
    "clean-150": (Damage(dpi=150), PictureFile.PNG),
    "clean-300": (Damage(dpi=300), PictureFile.JPEG),
    "clean-400": (Damage(dpi=400, grey=True), PictureFile.PNG),
    "turned-90": (Damage(turn=Turn.LEFT), PictureFile.PNG),
    "turned-180": (Damage(turn=Turn.OVER), PictureFile.PNG),
    "turned-270": (Damage(turn=Turn.RIGHT), PictureFile.PDF),
    "skew+1": (Damage(skew=1), PictureFile.PNG),
    "skew-2.5": (Damage(skew=-2.5, jpeg=75), PictureFile.JPEG),
    "skew+5": (Damage(skew=5), PictureFile.PNG),
    "red-seal": (Damage(seals=(Seal.RED,)), PictureFile.PNG),
    "two-seals": (Damage(seals=(Seal.RED, Seal.PALE), jpeg=70), PictureFile.JPEG),
    "grey-seal": (Damage(seals=(Seal.GREY,), grey=True), PictureFile.PNG),
    "light-grey-seal": (Damage(seals=(Seal.LIGHT_GREY,), grey=True), PictureFile.PNG),
    "faint-0.4": (Damage(fade=0.4, grey=True), PictureFile.PNG),
    "faint-0.7": (Damage(fade=0.7, grey=True), PictureFile.PNG),
    "one-bit": (Damage(one_bit=True), PictureFile.TIFF),
    "one-bit-skew": (Damage(one_bit=True, skew=1.2, salt=0.001), PictureFile.TIFF),
    "one-bit-300": (Damage(one_bit=True, dpi=300, fade=0.2), PictureFile.TIFF),
    "one-bit-thin": (Damage(one_bit=True, fade=0.45), PictureFile.TIFF),
    "one-bit-seal": (Damage(one_bit=True, seals=(Seal.PALE,)), PictureFile.TIFF),
    "jpeg-25": (Damage(jpeg=25), PictureFile.JPEG),
    "broken-rules": (Damage(broken=0.15), PictureFile.PNG),
    "double-rules": (Damage(doubled=0.5), PictureFile.PNG),
    "dark-edges": (Damage(edges=0.9), PictureFile.BMP),
    "salt": (Damage(salt=0.004, grey=True), PictureFile.PNG),
    "blur": (Damage(blur=1.2), PictureFile.PNG),
    "combined": (
        Damage(skew=1.5, seals=(Seal.RED,), fade=0.35, broken=0.1, jpeg=70),
        PictureFile.JPEG,
    ),
    "combined-turned": (
        Damage(
            turn=Turn.RIGHT, skew=-2, seals=(Seal.RED,), fade=0.3, broken=0.1, edges=0.7, jpeg=70
        ),
        PictureFile.PDF,
    ),
    "combined-grey": (
        Damage(skew=1, seals=(Seal.GREY,), fade=0.3, broken=0.08, grey=True, jpeg=70),
        PictureFile.JPEG,
    ),
}
