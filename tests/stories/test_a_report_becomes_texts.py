def test_neighbours_hear_once_in_their_own_language_and_strangers_do_not(network):
    lupe, sam, far = (network.phone(f"+1704555010{n}") for n in (1, 2, 3))
    lupe.join(word="UNIRSE", yes="SI")
    sam.join()
    far.join("10001")

    answer = network.partner().report()
    network.run()

    assert answer.status_code == 202
    assert answer.json["audience"] == 2
    [spanish], [english] = lupe.inbox, sam.inbox
    assert "Verificado" in spanish
    assert "Verified" in english
    assert far.inbox == []
    assert network.told(answer.json["alert"])["state"] == "done"


def test_a_thousand_people_are_texted_once_each(network):
    network.people(1200)

    answer = network.partner().report()
    network.run()

    totals = network.carrier.totals()
    told = network.told(answer.json["alert"])
    assert (totals["accepted"], totals["phones"], totals["most_to_one_phone"]) == (1200, 1200, 1)
    assert told["counts"] == {"accepted": 1200}
    assert told["state"] == "done"


def test_whoever_leaves_while_the_text_is_in_line_is_not_texted(network):
    maria, other = network.phone("+17045550101"), network.phone("+17045550102")
    maria.join()
    other.join()
    answer = network.partner().report()

    maria.text("ALTO")
    network.run()

    assert maria.inbox == []
    assert len(other.inbox) == 1
    assert network.told(answer.json["alert"])["state"] == "done"
