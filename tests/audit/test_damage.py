"""How likely a number was read as another one."""

from hypothesis import given
from hypothesis import strategies as st

from audit.damage import garbling, misreading, readings

counts = st.integers(min_value=-(10**9), max_value=10**9)


def test_look_alikes_are_likelier_than_other_digits():
    alike, other = misreading(32846, 32346), misreading(32146, 32746)
    assert alike is not None
    assert misreading(31246, 35246) > alike
    assert other is not None


def test_single_faults_are_explained():
    assert misreading(1234, 123) is not None
    assert misreading(1234, 12834) is not None
    assert misreading(1234, 1324) is not None
    assert misreading(-4360, 4360) is not None
    assert misreading(9159, 915900) is not None


def test_three_wrong_digits_are_not():
    assert misreading(156429, 156130) is None
    assert misreading(156430, 156130) is not None


@given(counts, counts)
def test_whatever_is_explained_costs_no_more_than_a_garble(true, printed):
    single = misreading(true, printed)
    assert single is None or garbling(true, printed) <= single
    assert garbling(true, printed) >= 0


@given(counts)
def test_all_readings_are_explained(printed):
    assert all(misreading(v, printed) is not None for v in readings(printed))
