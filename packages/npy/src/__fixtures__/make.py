"""Writes the .npy files of this folder. numpy 2.4.6: python make.py"""

import numpy
from numpy.lib import format as npy_format

grid = numpy.arange(6).reshape(2, 3)

for name in ["uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float16", "float32", "float64"]:
    numpy.save(f"{name}.npy", (grid * 1.5).astype(name))
    if numpy.dtype(name).itemsize > 1:
        numpy.save(f"{name}-big.npy", (grid * 1.5).astype(numpy.dtype(name).newbyteorder(">")))

numpy.save("bool.npy", grid % 2 == 1)
numpy.save("int64-extremes.npy", numpy.array([-(2**63), -1, 2**63 - 1]))
numpy.save("float16-special.npy", numpy.array([0, -0.0, 2**-24, 0.1, 65504, numpy.inf, -numpy.inf, numpy.nan], "float16"))
numpy.save("fortran-3d.npy", numpy.asfortranarray(numpy.arange(24, dtype="float32").reshape(2, 3, 4)))
numpy.save("fortran-vector.npy", numpy.asfortranarray(numpy.arange(4, dtype="float32").reshape(4, 1)))
numpy.save("scalar.npy", numpy.float64(2.5))
numpy.save("empty.npy", numpy.zeros((0, 5), "float32"))
numpy.save("vector.npy", numpy.array([1, 2, 3], "float32"))
for version in [(2, 0), (3, 0)]:
    with open(f"version-{version[0]}.npy", "wb") as file:
        npy_format.write_array(file, grid.astype("float32"), version=version)

numpy.save("complex64.npy", grid.astype("complex64"))
numpy.save("text.npy", numpy.array(["a", "bc"]))
numpy.save("object.npy", numpy.array([None, 1], dtype=object))
numpy.save("structured.npy", numpy.zeros(2, dtype=[("shape", "<f4"), ("y", "<i4")]))
