"""What a product is found by."""

from app.catalog.keys import pairs, runs, term
from app.catalog.pinyin import typed, typed_inside
from app.catalog.search_entry import entry


def test_runs_are_letters_of_one_kind() -> None:
    """Full-width becomes plain, capitals small; punctuation, emoji and control characters part."""
    assert runs("Ａ２牛奶，「鲜」🥛\0 x-Y\ud800z") == ["a2", "牛奶", "鲜", "x", "y", "z"]


def test_terms_are_pairs_or_whole() -> None:
    """One character alone is its own key."""
    assert (term("番"), term("沙瓤番茄"), term("fanqie")) == (["番"], ["沙瓤", "瓤番", "番茄"], ["fanqie"])
    assert pairs("番") == []


def test_pinyin_is_found_from_any_syllable_of_a_name_on() -> None:
    """And of another name from its beginning only; a character is read as its word asks for."""
    assert {"fq", "fanqie", "fanq", "hfq", "hongfan"} <= typed_inside("红番茄")
    assert {"x", "xfq", "xiaofan"} <= typed("小番茄")
    assert "fanqie" not in typed("小番茄")
    assert "chongqing" in typed("重庆")


def test_an_entry_weighs_names_topics_and_the_description_apart() -> None:
    """Every key of a name or topic is among all keys; a description gives pairs only."""
    found = entry(
        name="沙瓤番茄",
        aliases=["西红柿"],
        shelves=["新鲜蔬菜"],
        origin="云南",
        subtitle="多汁",
        description="很甜！脆",
    )
    assert found.name == "沙瓤番茄"
    assert {"番", "番茄", "西红", "fq", "xhs"} <= set(found.name_keys)
    topics = {*"新鲜蔬菜云南多汁", "新鲜", "鲜蔬", "蔬菜", "云南", "多汁"}
    assert set(found.topic_keys) == topics
    assert set(found.keys) == {*found.name_keys, *found.topic_keys, "很甜"}
    assert found.keys == sorted(set(found.keys))
