"""Golden numbers for samples of many shapes, computed without src/mil: ties, a handful of slides, one class only, several
slides a patient, patients with slides of both classes.

  python3 shapes.py [SEED] > shapes.json

Needs numpy and mpmath alone. Everything is counted as its definition says: AUROC and placements pair by pair, average
precision threshold by threshold, Wilcoxon's signs, bootstrap resamples of few patients and corrections enumerated.
DeLong of one slide a patient is the midrank form of Sun & Xu 2014 with numpy's covariance; of several, Obuchowski 1997.
"""
import itertools
import json
import sys

import mpmath
import numpy as np

rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 20261123)
Z = float(mpmath.sqrt(2) * mpmath.erfinv(0.95))


def normal_tails(z):
    return float(mpmath.erfc(abs(z) / mpmath.sqrt(2)))


def t_tails(t, degrees):
    """The chance that Student's t lies as far from 0, by its density's integral."""
    x = mpmath.mpf(degrees) / (degrees + mpmath.mpf(t) ** 2)
    return float(mpmath.betainc(mpmath.mpf(degrees) / 2, 0.5, 0, x, regularized=True))


def t_reach(degrees):
    low, high = 0.0, 1e3
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tails(middle, degrees) > 0.05 else (low, middle)
    return low


def wins(x, y):
    return 1.0 if x > y else 0.5 if x == y else 0.0


def midranks(v):
    return np.array([(v < one).sum() + ((v == one).sum() + 1) / 2 for one in v])


def covariance(y, scores, who):
    """AUROCs and their covariance; None where a class is missing, or has one patient alone."""
    pos, neg = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    m, n = len(pos), len(neg)
    if m == 0 or n == 0:
        return None, None
    aucs = [sum(wins(s[i], s[j]) for i in pos for j in neg) / (m * n) for s in scores]
    if len(set(who[pos])) < 2 or len(set(who[neg])) < 2:
        return aucs, None
    if len(set(who)) == len(who):
        v10, v01 = [], []
        for s in scores:
            together = midranks(np.concatenate([s[pos], s[neg]]))
            v10.append((together[:m] - midranks(s[pos])) / n)
            v01.append(1 - (together[m:] - midranks(s[neg])) / m)
        return aucs, (np.atleast_2d(np.cov(v10)) / m + np.atleast_2d(np.cov(v01)) / n).tolist()
    people = sorted(set(who))
    a = np.zeros((len(scores), len(people)))
    b = np.zeros_like(a)
    for k, s in enumerate(scores):
        for p, name in enumerate(people):
            a[k, p] = sum(np.mean([wins(s[i], s[j]) for j in neg]) - aucs[k] for i in pos if who[i] == name)
            b[k, p] = sum(np.mean([wins(s[i], s[j]) for i in pos]) - aucs[k] for j in neg if who[j] == name)
    i10, i01, i = len(set(who[pos])), len(set(who[neg])), len(people)
    s10, s01, s11 = i10 / (i10 - 1) / m * a @ a.T, i01 / (i01 - 1) / n * b @ b.T, i / (i - 1) * a @ b.T
    return aucs, (s10 / m + s01 / n + (s11 + s11.T) / (m * n)).tolist()


def interval(auc, variance):
    if variance is None or variance <= 1e-18 or auc in (0, 1):
        return [auc, None, None]
    reach = Z * np.sqrt(variance) / (auc * (1 - auc))
    odds = auc / (1 - auc)
    return [auc, 1 / (1 + np.exp(reach) / odds), 1 / (1 + np.exp(-reach) / odds)]


def average_precision(y, p):
    """Of each threshold the recall that it adds, times the precision there."""
    total, before = 0.0, 0.0
    for t in sorted(set(p), reverse=True):
        called = p >= t
        recall = (called & (y == 1)).sum() / (y == 1).sum()
        total += (recall - before) * (y[called] == 1).mean()
        before = recall
    return total


def decided(y, called):
    tp, fp = (called & (y == 1)).sum(), (called & (y == 0)).sum()
    fn, tn = (y == 1).sum() - tp, (y == 0).sum() - fp
    return {
        "accuracy": (tp + tn) / len(y),
        "balancedAccuracy": None if 0 in (tp + fn, tn + fp) else (tp / (tp + fn) + tn / (tn + fp)) / 2,
        "f1": None if tp + fp + fn == 0 else 2 * tp / (2 * tp + fp + fn),
    }


def width_error(y, p):
    """Bins (0, 0.1], (0.1, 0.2] …, 0 in the first."""
    edges = [k / 10 for k in range(11)]
    total = 0.0
    for k in range(10):
        members = (p <= edges[k + 1]) & ((p > edges[k]) if k else True)
        if members.any():
            total += members.mean() * abs(y[members].mean() - p[members].mean())
    return total


def mass_error(y, p):
    """Bins of about equal number; those of one probability stay with the first of them."""
    n = len(p)
    count = max(2, min(10, n // 5))
    order = np.argsort(p, kind="stable")
    # A bin is begun by the first slide at or beyond its share whose probability is new.
    bin_of, now = np.zeros(n, dtype=int), 0
    for place in range(n):
        share = sum(place >= int(np.floor(k * n / count + 0.5)) for k in range(1, count))
        if place == 0 or p[order[place]] != p[order[place - 1]]:
            now = share
        bin_of[order[place]] = now
    return sum((bin_of == k).mean() * abs(y[bin_of == k].mean() - p[bin_of == k].mean()) for k in set(bin_of))


def point(vy, vp, y, p, target):
    """Of all scores of validation the lowest that spares enough of its negatives."""
    negatives = int((vy == 0).sum())
    kept = [t for t in sorted(set(vp)) if ((vp < t) & (vy == 0)).sum() >= target * negatives - 1e-9]
    t = kept[0] if kept and 0 < negatives < len(vy) else np.inf
    return {"threshold": None if t == np.inf else t, "hits": int(((p >= t) & (y == 1)).sum()), "spared": int(((p < t) & (y == 0)).sum())}


def net_benefit(y, p, t):
    return ((p >= t) & (y == 1)).mean() - ((p >= t) & (y == 0)).mean() * t / (1 - t)


def sample(n, people, digits, share, strength=1.2):
    y = np.array([1] * int(round(share * n)) + [0] * (n - int(round(share * n))))
    rng.shuffle(y)
    base = rng.normal(size=n) + strength * (y - 0.5)
    scores = [np.round(1 / (1 + np.exp(-(w * base + rng.normal(size=n)))), digits) for w in (1.2, 0.5)]
    # The patients' numbers in the order in which they first appear, as a bootstrap meets them.
    who = np.arange(n) if people == n else rng.integers(people, size=n)
    order = {p: i for i, p in enumerate(dict.fromkeys(who.tolist()))}
    return y, scores, np.array([order[p] for p in who.tolist()])


shapes = [
    (1, 1, 2, 1.0), (2, 2, 2, 0.5), (3, 3, 2, 0.34), (4, 4, 1, 0.5), (5, 5, 0, 0.4), (6, 2, 2, 0.5), (7, 7, 1, 0.0), (7, 7, 1, 1.0), (8, 4, 1, 0.5), (9, 9, 3, 0.12),
    (12, 12, 0, 0.5), (12, 5, 2, 0.4), (15, 15, 1, 0.3), (20, 20, 4, 0.5), (20, 7, 1, 0.45), (24, 24, 2, 0.9), (30, 10, 2, 0.2), (40, 40, 1, 0.5), (40, 3, 3, 0.5), (60, 60, 4, 0.1), (60, 22, 1, 0.6), (90, 90, 2, 0.5),
]
out = {"samples": []}
for n, people, digits, share in shapes:
    y, scores, who = sample(n, people, digits, share)
    vy, (vp, _), _ = sample(max(2, n // 2), max(2, n // 2), digits, 0.5 if share in (0, 1) else share)
    p = scores[0]
    aucs, cov = covariance(y, scores, who)
    both = aucs is not None
    difference = [aucs[0] - aucs[1] if both else None, None, None, None]
    if cov is not None:
        error = np.sqrt(max(0, cov[0][0] + cov[1][1] - 2 * cov[0][1]))
        if error > 1e-12:
            difference[1:] = [difference[0] - Z * error, difference[0] + Z * error, normal_tails(difference[0] / error)]
        elif difference[0] == 0:
            difference[1:] = [0, 0, 1]
    out["samples"].append({
        "labels": y.tolist(), "patients": who.tolist(), "first": p.tolist(), "second": scores[1].tolist(), "validation": {"labels": vy.tolist(), "probabilities": vp.tolist()},
        "covariance": cov, "delong": interval(aucs[0], cov and cov[0][0]) if both else [None, None, None], "difference": difference,
        "averagePrecision": average_precision(y, p) if both else None, "brier": ((p - y) ** 2).mean(), **decided(y, p >= 0.5),
        "ece": {"equalWidth": width_error(y, p), "equalMass": mass_error(y, p)},
        "points": [point(vy, vp, y, p, t) for t in (0.9, 0.95)], "benefit": [[t, net_benefit(y, p, t), net_benefit(y, np.ones(n), t)] for t in (0.02, 0.3, 0.5, 0.7, 0.98)],
    })


def signed_ranks(d):
    kept = d[d != 0]
    ranks = midranks(abs(kept))
    w = min(ranks[kept > 0].sum(), ranks[kept < 0].sum()) if len(kept) else 0
    sums = [sum(r for r, up in zip(ranks, signs) if up) for signs in itertools.product([0, 1], repeat=len(kept))]
    return len(kept), float(w), min(1.0, 2 * float(np.mean([s <= w + 1e-9 for s in sums])))


# Whole hundredths, enumerated as whole numbers; a test divides them, and rounding must not break a tie.
out["wilcoxon"] = []
for n, spread in [(1, 3), (2, 2), (3, 3), (4, 2), (5, 4), (6, 3), (7, 1), (8, 30), (9, 4), (10, 2), (11, 6), (12, 3), (13, 50), (14, 5)]:
    a, b = rng.integers(-spread, spread + 1, n) + 70, rng.integers(-spread, spread + 1, n) + 69
    kept, w, p = signed_ranks(a - b)
    out["wilcoxon"].append({"a": a.tolist(), "b": b.tolist(), "n": kept, "statistic": w, "p": p})

out["corrections"] = []
for n, digits in [(1, 3), (2, 2), (3, 1), (6, 2), (10, 1), (25, 3)]:
    p = np.round(rng.random(n) ** 2, digits)
    rank = [sorted(range(n), key=lambda k: (p[k], k)).index(i) + 1 for i in range(n)]
    out["corrections"].append({
        "p": p.tolist(),
        "holm": [max(min(1.0, p[j] * (n - rank[j] + 1)) for j in range(n) if rank[j] <= rank[i]) for i in range(n)],
        "bh": [min(min(1.0, p[j] * n / rank[j]) for j in range(n) if rank[j] >= rank[i]) for i in range(n)],
    })


def quantiles(values, shares):
    """Of a distribution over many resamples: the lowest value that so large a share does not exceed."""
    values = np.sort(values)
    return [float(values[min(len(values) - 1, max(0, int(np.ceil(share * len(values))) - 1))]) for share in shares]


# Every resample of few patients; a bootstrap of R lies between these within five standard deviations of its shares.
R = 4000
off = 5 * np.sqrt(0.025 * 0.975 / R)
bands = [0.025 - off, 0.025 + off, 0.975 - off, 0.975 + off]
out["bootstrap"] = {"resamples": R, "samples": []}
for n, people in [(6, 4), (9, 5), (10, 6), (12, 6), (6, 6)]:
    while True:
        y, scores, who = sample(n, people, 2, 0.5)
        if len(set(who.tolist())) == people:
            break
    rows = [np.flatnonzero(who == p) for p in range(people)]
    aucs, gaps, accuracies = [], [], []
    for picks in itertools.product(range(people), repeat=people):
        drawn = np.concatenate([rows[p] for p in picks])
        accuracies.append(((scores[0][drawn] >= 0.5) == y[drawn]).mean())
        if 0 < y[drawn].sum() < len(drawn):
            # Counted by cells: six patients have 46,656 resamples.
            v = [np.sign(s[drawn][y[drawn] == 1][:, None] - s[drawn][y[drawn] == 0][None, :]).mean() / 2 + 0.5 for s in scores]
            aucs.append(v[0])
            gaps.append(round(v[0] - v[1], 12))
    gaps = np.array(gaps)
    out["bootstrap"]["samples"].append({
        "labels": y.tolist(), "patients": who.tolist(), "first": scores[0].tolist(), "second": scores[1].tolist(),
        "skipped": 1 - len(aucs) / people**people, "auroc": quantiles(aucs, bands), "accuracy": quantiles(accuracies, bands), "gap": quantiles(gaps, bands),
        "shares": [float((gaps <= 0).mean()), float((gaps >= 0).mean())],
    })


def mean_over(values):
    kept = [v for v in values if v is not None]
    return sum(kept) / len(kept) if kept else None


def classed(truth, p, exclusive, negative, threshold):
    """Means over classes of each against the rest, and how many slides are called what they are."""
    classes = p.shape[1]
    called = []
    for row in p:
        over = {k for k in range(classes) if row[k] >= threshold}
        top = {max(range(classes), key=lambda k: (row[k], -k))}
        called.append((top if exclusive else over) if over else set() if negative else top)
    each = []
    for k in range(classes):
        y = np.array([int(k in t) for t in truth])
        c = np.array([k in one for one in called])
        if 0 < y.sum() < len(y):
            auc = np.mean([wins(a, b) for a in p[y == 1, k] for b in p[y == 0, k]])
            each.append({"auroc": auc, "averagePrecision": average_precision(y, p[:, k]), "f1": 2 * (c & (y == 1)).sum() / (c.sum() + y.sum()), "brier": ((p[:, k] - y) ** 2).mean()})
    right = np.array([set(t) == c for t, c in zip(truth, called)])
    kinds = sorted({tuple(t) for t in truth})
    return {**{key: mean_over([one[key] for one in each]) for key in ("auroc", "averagePrecision", "f1", "brier")}, "accuracy": right.mean(), "balancedAccuracy": float(np.mean([right[[tuple(t) == kind for t in truth]].mean() for kind in kinds]))}


out["classes"] = []
for n, classes, exclusive, negative, digits in [(1, 2, True, False, 1), (4, 3, True, True, 1), (6, 3, True, False, 0), (9, 2, False, True, 1), (12, 4, True, True, 2), (12, 4, False, False, 1), (25, 3, True, False, 1), (25, 5, False, True, 2), (40, 3, True, True, 3), (40, 4, False, True, 1)]:
    if exclusive:
        truth = [[] if d == classes else [d] for d in rng.integers(classes + int(negative), size=n).tolist()]
    else:
        truth = [[k for k in range(classes) if rng.random() < 0.4] for _ in range(n)]
        truth = [t if t or negative else [0] for t in truth]
    y = np.array([[int(k in t) for k in range(classes)] for t in truth])
    p = np.round(1 / (1 + np.exp(-(1.5 * (y - 0.4) + rng.normal(size=y.shape)))), digits)
    threshold = float(np.round(rng.uniform(0.3, 0.7), 1))
    out["classes"].append({"names": [f"c{k}" for k in range(classes)], "exclusive": exclusive, "negative": negative, "threshold": threshold, "truth": truth, "probabilities": p.tolist(), "values": classed(truth, p, exclusive, negative, threshold)})


def study(repeats, folds, seeds, models, test, train):
    """AUROCs of studies by repeat, fold and seed; their differences as Nadeau & Bengio 2003 and Wilcoxon have them."""
    parts = [(r, f) for r in range(1, repeats + 1) for f in range(1, folds + 1)]
    aurocs = [[[round(float(min(1, rng.normal(0.85 - 0.03 * k, 0.06))), 4) for _ in seeds] for _ in parts] for k in range(models)]
    differences = []
    for a, b in itertools.combinations(range(models), 2):
        whole = np.round(np.array(aurocs[a]) * 1e4).astype(int) - np.round(np.array(aurocs[b]) * 1e4).astype(int)
        over = "folds" if len(parts) > 1 else "seeds"
        units = whole.sum(axis=1) if over == "folds" else whole[0]
        d = units / 1e4 / (len(seeds) if over == "folds" else 1)
        mean, sd = d.mean(), d.std(ddof=1)
        share = 1 / len(d) + (test / train if over == "folds" else 0)
        reach = t_reach(len(d) - 1) * sd * np.sqrt(share)
        # Repeats split the same patients anew: their folds are not so many trials.
        p = t_tails(mean / (sd * np.sqrt(share)), len(d) - 1) if repeats > 1 else signed_ranks(units)[2]
        differences.append({"over": over, "values": d.tolist(), "mean": mean, "sd": sd, "low": mean - reach, "high": mean + reach, "test": "corrected-t" if repeats > 1 else "wilcoxon", "p": p})
    order = sorted(range(len(differences)), key=lambda i: differences[i]["p"])
    for i, one in enumerate(differences):
        one["holm"] = max(min(1.0, differences[j]["p"] * (len(order) - order.index(j))) for j in order[: order.index(i) + 1])
    return {"repeats": repeats, "folds": folds, "seeds": seeds, "test": test, "train": train, "aurocs": aurocs, "differences": differences}


out["studies"] = [study(1, 5, [1], 2, 20, 60), study(1, 4, [1, 2, 3], 3, 20, 40), study(3, 3, [1], 2, 20, 30), study(2, 4, [7, 8], 3, 20, 50), study(1, 1, [1, 2, 3, 4, 5, 6, 7], 2, 20, 60)]
json.dump(out, sys.stdout, default=float)
sys.stdout.write("\n")
