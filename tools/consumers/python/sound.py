"""Sound that no two rows share. `src/expected-sound.mjs` computes the same in JavaScript."""

import io

import numpy
import soundfile

SAMPLING_RATE = 16000


def samples_of(number):
    index = numpy.arange(160 + number % 97)
    return ((index * 37 + number * 11) % 2001 - 1000).astype(numpy.int16)


def wav(number, rate=SAMPLING_RATE):
    """16-bit PCM, which no decoder rounds."""
    target = io.BytesIO()
    soundfile.write(target, samples_of(number), rate, format="WAV", subtype="PCM_16")
    return target.getvalue()
