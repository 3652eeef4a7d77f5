"""Golden numbers for src/stain, computed without it.

  python make.py SLIDE > stain.json

SLIDE: CMU-1-Small-Region.svs (CC0, OpenSlide's test data). Needs numpy, pillow, scikit-learn.

- hed: decadic densities times the inverse of Ruifrok & Johnston's vectors at length 1, by numpy.linalg.
- macenko: the published MATLAB code (Macenko 2009; mitkovetta/staining-normalization) restated in numpy, but for
  which pixels count as stained: those of a mean density of 0.15.
- vahadane: scikit-learn's dictionary learning (coordinate descent, nothing below zero) from ten random starts, the
  best kept; the same objective as the paper's, found by another algorithm.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
from PIL import Image
from sklearn.decomposition import DictionaryLearning

warnings.filterwarnings("ignore")
image = np.asarray(Image.open(sys.argv[1]).convert("RGB"))
# Dermis, epidermis and nuclei: every 20th pixel of every 20th row of a square.
pixels = image[1500:2100:20, 900:1500:20].reshape(-1, 3)

hed = np.array([[0.65, 0.70, 0.29], [0.07, 0.99, 0.11], [0.27, 0.57, 0.78]])
hed /= np.linalg.norm(hed, axis=1, keepdims=True)
colours = np.array([[255, 255, 255], [0, 0, 0], [200, 120, 170], [90, 60, 130], [230, 205, 220], [150, 90, 40]])
amounts = -np.log10((colours + 1) / 256) @ np.linalg.inv(hed)

od = -np.log((pixels.astype(float) + 1) / 240)
# The published code asks it of every channel, and so drops pale eosin, which takes hardly any red.
kept = od[od.mean(axis=1) >= 0.15]
_, vectors = np.linalg.eigh(np.cov(kept.T))
plane = vectors[:, [1, 2]]
plane[:, 1] *= np.sign(plane[:, 1].sum())
angles = np.arctan2(kept @ plane[:, 0], kept @ plane[:, 1])
ends = [plane[:, ::-1] @ np.array([np.cos(a), np.sin(a)]) for a in np.percentile(angles, [1, 99])]
he = np.array(sorted(ends, key=lambda v: -v[0]))
reference = np.array([[0.5626, 0.7201, 0.4062], [0.2159, 0.8012, 0.5581]])
most_reference = np.array([1.9705, 1.0308])
concentrations = np.linalg.lstsq(he.T, od.T, rcond=None)[0]
# Of the stained pixels: glass has no say in how much dye there is.
most = np.percentile(np.linalg.lstsq(he.T, kept.T, rcond=None)[0], 99, axis=1)
normalised = np.clip(240 * np.exp(-reference.T @ (concentrations * (most_reference / most)[:, None])), 0, 255).T


def objective(dictionary):
    """Least value for these vectors, by projected gradient: slow and sure."""
    step = 1 / np.linalg.norm(dictionary @ dictionary.T, 2)
    codes = np.zeros((len(kept), 2))
    for _ in range(5000):
        codes = np.maximum(0, codes - step * ((codes @ dictionary - kept) @ dictionary.T + 0.1))
    return 0.5 * np.sum((kept - codes @ dictionary) ** 2) + 0.1 * codes.sum()


best = None
for seed in range(10):
    start = np.abs(np.random.default_rng(seed).normal(size=(2, 3)))
    start /= np.linalg.norm(start, axis=1, keepdims=True)
    learner = DictionaryLearning(2, alpha=0.1, max_iter=3000, tol=1e-12, fit_algorithm="cd", positive_code=True, positive_dict=True, dict_init=start, code_init=np.ones((len(kept), 2)), random_state=0)
    found = learner.fit(kept).components_
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    value = objective(found)
    if best is None or value < best[0]:
        best = (value, np.array(sorted(found, key=lambda v: -v[0])))

json.dump(
    {
        "madeBy": f"test/golden/stain/make.py; numpy {np.__version__}, scikit-learn {sklearn.__version__}",
        "pixels": pixels.flatten().tolist(),
        "hed": {"colours": colours.tolist(), "amounts": np.round(amounts, 8).tolist()},
        "macenko": {"vectors": np.round(he, 8).tolist(), "most": np.round(most, 8).tolist(), "normalised": np.round(normalised, 3).flatten().tolist()},
        "vahadane": {"vectors": np.round(best[1], 6).tolist(), "objective": round(best[0], 6)},
    },
    sys.stdout,
)
print()
