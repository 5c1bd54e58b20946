"""Masked mean squared error plus 1 - CCC, as in striate."""


def mean_squared_error_and_concordance(prediction, target, mask):
    p, t = prediction[mask], target[mask]
    gap = p.mean() - t.mean()
    covariance = ((p - p.mean()) * (t - t.mean())).mean()
    return ((p - t) ** 2).mean() + 1 - 2 * covariance / (p.var() + t.var() + gap**2)
